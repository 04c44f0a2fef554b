"""The lexer: cuts a text into tokens that tile it; positions are known from this first step on."""

from __future__ import annotations

from array import array

from ..model.folding import fold
from .patterns import pattern
from .tokens import KINDS, TEXT, Tokens

#: Keys of responsibility clauses (责任单位:, 牵头部门:, 负责考核部门:), colon included; on folded text.
#: Words in a row are counted, lest a text of nothing else be looked at again from each of them.
ROLE_KEY = (
    r"(?:(?:[省市县区]级|第一|主要|总)?(?:(?:牵头|责任|配合|主责|主办|协办|承办|协同|协助|协作|参与|参加|支持|落实|实施|指导"
    r"|考核|负责|督办|督导|监督|监管|主管)[、和及或/]?){1,12}"
    r"(?:单位|部门|机构|主体|处室|科室)(?:[、和及/]?(?:单位|部门|地区|责任人|负责人|责任领导))?|牵头|配合"
    r"|(?:牵 +头|责 +任|配 +合) +单 +位) ?:"
)
#: A key in brackets of its own: 【责任单位】省财政厅.
BOXED_KEY = (
    r"[【\[〔](?:第一|主要)?(?:牵头|责任|配合|主责|协办|承办|参与|落实|实施|负责){1,12}(?:责任)?"
    r"(?:单位|部门)[】\]〕] ?:?"
)
#: A key that says when, not who: 完成时限:, 计划完成时间:, 时间节点:, 【整改时限】.
TIME_KEY = (
    r"(?:(?:计划|预计)?(?:完成|办结|工作|整改|推进|实施|落实|办理){0,2}(?:时限|期限|时间|进度|节点)"
    r"(?:节点|要求|安排|时限)? ?:|[【\[](?:完成|整改|办结)(?:时限|时间|期限)[】\]] ?:?)"
)
#: Labels of the two blocks of a task: what is to be reached (年度目标:), and how (落实措施:).
TARGET_LABEL = r"(?:年度|工作|主要|总体|量化|绩效|考核|任务|阶段|整改)?目标(?:任务|要求)? ?:"
MEASURE_LABEL = r"(?:落实|工作|主要|具体|推进|重点|实施|整改|治理)?(?:措施|举措) ?:"

CN_DIGITS = "一二三四五六七八九十百零〇"
_CN = f"[{CN_DIGITS}]{{1,5}}"
_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇⒈-⒛㈠-㈩"
#: Item markers in all their shapes; whether a marker really numbers an item is for the outline to decide.
MARKER_PATTERN = (
    rf"[{_CIRCLED}]"  # ① ⑴ ⒈ ㈠ ❶
    rf"|\( ?(?:{_CN}|\d{{1,3}}) ?\)(?![、,;。和及]|[至到] ?[(第])"  # （一） (1), but not 按照（一）、（二）
    rf"|(?<![{CN_DIGITS}第约近超逾余达数上下前后每年月日]){_CN} ?、"  # 一、 but not 近二、三年
    r"|(?<![\d.A-Za-z%/\-—~、,])\d{1,3} ?(?:\.(?:(?!\d)"  # 1.
    r"|(?=20\d\d(?: ?年|\.\d)|[3-6]G(?![A-Za-z\d])))"  # 17.2025年 1.5G网络
    r"|、(?:(?!\d)|(?=20\d\d ?年)))"  # 1、 2、2025年, but not 3.5
    r"|(?<=[\n\r])\d{1,3}\.(?=\d{1,2} ?月|\d{2,3}%)"  # 2.4月至6月 at the head of a line
    r"|(?<=[\s。;:,])\d{1,2}\)"  # 1)
    rf"|第{_CN}[条章节]"  # 第三条
    rf"|(?<![^\n\r \t。])(?:任务|问题)(?:{_CN}|\d{{1,3}}) ?[:、.](?!\d)"  # 任务1: 问题二、
    r"|(?<=[\n\r 。;:])[一二三四五六七八九十]{1,2}是(?=[\u4e00-\u9fff])"  # 一是
)
# The characters that any token but text can begin with: one look spares trying all alternatives.
_FIRST = (
    rf"\r\n \t\f\v{_CIRCLED}(\[〔【<〈)\]〕】>〉|\d第{CN_DIGITS}"
    "牵责配主协承参支落实指考负督监总年工任阶体量绩目具推重措举整治"
)
_TEXT = KINDS.index(TEXT)
# One alternative for each kind of token, tried in this order; the groups are numbered as KINDS is.
_MASTER = pattern(
    rf"(?=[{_FIRST}省市县区问])(?![省市县区问](?![级题]))(?:(?P<newline>\r\n|\r|\n)"
    r"|(?P<blank>[ \t\f\v]+)"
    rf"|(?P<marker>{MARKER_PATTERN})"
    rf"|(?P<boxkey>{BOXED_KEY})"
    r"|(?P<open>[(\[〔【<〈])"
    r"|(?P<close>[)\]〕】>〉])"
    rf"|(?P<key>(?<![\u4e00-\u9fff]){ROLE_KEY})"
    rf"|(?P<label>(?<![\u4e00-\u9fff])(?:{TARGET_LABEL}|{MEASURE_LABEL}))"
    r"|(?P<cell>\|))"
)


def lex(text: str, folded: str | None = None) -> Tokens:
    """Cut ``text`` into tokens: ``"".join(text[t.start:t.end] for t in lex(text)) == text`` for every text.

    ``folded`` is ``fold(text)`` when the caller has it already. Linear in the length of the text.
    """
    if folded is None:
        folded = fold(text)
    codes, starts = bytearray(), array("I")
    add_code, add_start = codes.append, starts.append
    position = 0
    for match in _MASTER.finditer(folded):
        start, end = match.span()
        if start > position:
            add_code(_TEXT)
            add_start(position)
        add_code(match.lastindex)  # type: ignore[arg-type]  # every alternative is a group
        add_start(start)
        position = end
    if position < len(folded):
        add_code(_TEXT)
        add_start(position)
    return Tokens(codes, starts, len(folded))
