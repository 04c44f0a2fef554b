"""Hypothesis strategies of notices: strict ones with an oracle, loose ones without, and mutations."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from notice_writer import CIRCLED, ORDINALS, NoticeWriter, Written

UNITS = (
    "省财政厅", "省税务局", "省发展改革委", "省工业和信息化厅", "省司法厅(省监狱管理局)",
    "省文化和旅游厅", "省人力资源社会保障厅", "省委编办", "人民银行沈阳分行", "大连海关", "省电力公司",
    "省残联", "省农业农村厅", "省政府办公厅", "省科技厅", "省市场监管局", "各市人民政府",
)  # fmt: skip
TITLES = (
    "保持宏观政策连续性", "激发市场主体活力", "办好民生实事(含续建)", "实施“一带一路”倡议",
    "重大项目工程抓落实专项行动",
)  # fmt: skip
#: Wording with what a parser may stumble over: decimals, brackets, dates, figures, quotation marks.
PHRASES = (
    "推进行政许可清单管理", "规模突破3.65万亿元", "印发《实施方案(试行)》", "(特殊工程除外)",
    "办结率达到95%以上", "6月底前完成调查", "9月组织开展检查", "对10吨以下锅炉分类整治",
    "落实国发〔2020〕24号文件", "“放管服”改革", "首台(套)装备认定", "增长6.5%左右", "提高到3—4个",
    "完善机制;健全制度", "责任落实到人", "由45天压缩到20天", "覆盖县(市、区)", "2021—2025年规划编制",
    "一次办好", "牵头抓总", "各单位密切配合", "建设“1+N”体系",
)  # fmt: skip
_PLAIN = st.text(alphabet="推动发展改革服务企业安全生产水平提升城乡基础设施运行质量", min_size=2, max_size=8)
_FRONTS = (
    "",
    "各市人民政府,省政府各部门:\n现将有关措施印发给你们,请认真抓好落实。\n"
    "一、全力推进。各部门要把各项工作往前赶。\n二、协同发力。牵头单位要统筹抓总,配合单位要密切协作。\n"
    "某某省人民政府\n2021年4月27日\n(此件公开发布)\n2021年重点工作任务\n落实措施\n",
    "某某省人民政府办公厅关于印发2018年专项行动考评方案的通知\n某政办发〔2018〕10号\n各市人民政府:\n"
    "现予印发,请贯彻执行。\n某某省人民政府办公厅\n2018年3月9日\n",
)  # fmt: skip
_TABLE_HEAD = "附件1\n绩效考评指标\n序号 | 指标名称 | 考核对象 |\n"


def sentences(*, max_parts: int = 3) -> st.SearchStrategy[str]:
    """A sentence or two that end with 。 and hold no marker and no bracket right after a 。."""
    clause = st.lists(st.one_of(st.sampled_from(PHRASES), _PLAIN), min_size=1, max_size=max_parts).map(
        lambda parts: "工作" + ",".join(parts)  # 工作: a sentence never begins with a figure or a bracket
    )
    return st.lists(clause, min_size=1, max_size=2).map(lambda parts: "。".join(parts) + "。")


def unit_lists(*, min_size: int = 1, max_size: int = 4) -> st.SearchStrategy[list[str]]:
    """``min_size`` to ``max_size`` different units."""
    return st.lists(st.sampled_from(UNITS), min_size=min_size, max_size=max_size, unique=True)


@st.composite
def _roles(draw: st.DrawFn) -> list[tuple[str, list[str]]]:
    names = draw(unit_lists())
    if len(names) == 1 or draw(st.booleans()):
        return [("责任单位", names)]
    cut = draw(st.integers(1, len(names) - 1))
    return [("牵头单位", names[:cut]), ("配合单位", names[cut:])]


@st.composite
def _blocks(draw: st.DrawFn, *, long: bool) -> list[tuple[str, str, Sequence[str]]]:
    """Items of a block: a lone one without marker, or ①…, or ①–⑩ and one to three that lost theirs."""
    tails = st.one_of(st.just([]), unit_lists(max_size=2))
    shape = draw(st.sampled_from(("lone", "marked", "marked", "lost") if long else ("lone", "marked")))
    if shape == "lone":
        return [("", draw(sentences()), draw(tails))]
    if shape == "marked":
        count = draw(st.integers(1, 5))
        return [(CIRCLED[i], draw(sentences()), draw(tails)) for i in range(count)]
    items = [(CIRCLED[i], draw(sentences(max_parts=1)), draw(tails)) for i in range(9)]
    # Only a clause tells where an item ends whose successor has no marker.
    lost = draw(st.integers(1, 3))
    items.append((CIRCLED[9], draw(sentences(max_parts=1)), draw(unit_lists(max_size=2))))
    items += [("", draw(sentences(max_parts=1)), draw(unit_lists(max_size=2))) for _ in range(lost)]
    return items


@st.composite
def strict_notices(draw: st.DrawFn) -> Written:
    """A valid notice of the strict dialect with its expected structure, as a table or as measures."""
    table = draw(st.booleans())
    writer = NoticeWriter(draw(st.sampled_from(_FRONTS)) + (_TABLE_HEAD if table else ""))
    number = 0
    for _ in range(draw(st.integers(1, 3))):
        count = draw(st.integers(1, 3))
        writer.section(draw(st.sampled_from(TITLES)), count, table=table)
        for _ in range(count):
            number += 1
            if table:
                writer.row(number, draw(sentences(max_parts=2)), draw(unit_lists()))
            else:
                brackets = draw(st.sampled_from(("()", "()", "〔〕")))
                writer.task(number, draw(sentences()), draw(_roles()), brackets=brackets)
                writer.targets(draw(_blocks(long=False))).measures(draw(_blocks(long=True)))
    if table and draw(st.booleans()):
        writer.roster("省政府部门和单位名单", draw(unit_lists(min_size=3, max_size=6)))
    return writer.written(last_line_end=draw(st.booleans()))


MARKERS = (
    *(f"{ordinal}、" for ordinal in ORDINALS), *(f"（{ordinal}）" for ordinal in ORDINALS[:6]), "(一)",
    "(三)", *(f"{number}." for number in range(1, 13)), "3．", "4、", "5﹒", "(1)", "（2）", "2)",
    "第一条", "第十二条", "第三章", *CIRCLED, "⑪", "㉑", "❶", "⑴", "⒈", "㈠", "专栏1 ",
)  # fmt: skip
BRACKETS = tuple("()（）〔〕[]【】〈〉<>《》｛｝")
KEYS = (
    "责任单位：", "牵头单位:", "配合单位：", "牵头部门：", "参与单位:", "完成时限：", "责任\n单位：",
    "负责考核部门:", "年度目标:", "落实措施:", "牵头", "负责", "按职责分工负责",
    "列第一位的为牵头单位，下同", "会同", "等有关部门",
)  # fmt: skip
LINES = (
    "\n", "\r\n", "\r", "\n\n", "　　", " ", "\t", "— 3 —\n", "##政策标题：\n", "附件1\n", " | ", " |\n",
    " | ||\n", "序号 | 指标名称 | 考核对象 |\n", "3 | 建成2处。 | 省水利厅 |\n", "(16项)", "（共23项）",
    "抄送：", "。", "；", "、", "，", "各市人民政府，省政府各部门：\n", "关于印发工作方案的通知\n",
    "澜政发〔2023〕17号\n", "2023年3月21日\n", "省人民政府\n",
)  # fmt: skip
ODD = (
    "⼈⺠政府", "⾸⻚", "ﬁ", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u200b", "\ufeff",
    "\ufffd", "🙂", "𠮷", "e\u0301", "\u202e", "\\(", "&nbsp;", "９９", "年底前", "2023年13月45日",
    "6月31日前", "1—13月", "〇",
)  # fmt: skip


def loose_notices(*, max_size: int = 40) -> st.SearchStrategy[str]:
    """Anything that notices are made of, in any order: a parser must survive it and lose no character."""
    piece = st.one_of(
        st.sampled_from(MARKERS),
        st.sampled_from(BRACKETS),
        st.sampled_from(KEYS),
        st.sampled_from(LINES),
        st.sampled_from(UNITS),
        st.sampled_from(PHRASES),
        st.sampled_from(ODD),
        st.text(max_size=6),
    )
    return st.lists(piece, max_size=max_size).map("".join)


def mutate(text: str, data: st.DataObject, *, max_steps: int = 4) -> str:
    """``text`` after one to ``max_steps`` random injuries: brackets, markers and lines deleted, doubled,
    swapped or put in, a stretch cut out of the middle. ``data`` is what ``st.data()`` gives a test."""
    for _ in range(data.draw(st.integers(1, max_steps), label="steps")):
        kind = data.draw(
            st.sampled_from(("delete", "double", "insert", "cut", "swap-lines", "double-line")), label="kind"
        )
        text = _injure(text, kind, data)
    return text


def _injure(text: str, kind: str, data: st.DataObject) -> str:
    if kind == "insert":
        place = data.draw(st.integers(0, len(text)), label="place")
        piece = data.draw(st.sampled_from((*BRACKETS, *MARKERS, *KEYS, *LINES, *ODD)), label="piece")
        return text[:place] + piece + text[place:]
    if kind == "cut":
        start = data.draw(st.integers(0, len(text)), label="start")
        length = data.draw(st.integers(0, 200), label="length")
        return text[:start] + text[start + length :]
    if kind in ("swap-lines", "double-line"):
        lines = text.splitlines(keepends=True)
        if not lines:
            return text
        first = data.draw(st.integers(0, len(lines) - 1), label="first line")
        second = data.draw(st.integers(0, len(lines) - 1), label="second line")
        if kind == "double-line":
            lines.insert(second, lines[first])
        else:
            lines[first], lines[second] = lines[second], lines[first]
        return "".join(lines)
    # The characters that structure hangs on, so that most injuries hurt.
    joints = [place for place, char in enumerate(text) if char in _JOINTS]
    if not joints:
        return text
    place = data.draw(st.sampled_from(joints), label="joint")
    return text[:place] + ("" if kind == "delete" else text[place] * 2) + text[place + 1 :]


_JOINTS = frozenset("()（）〔〕[]【】〈〉:：、,，。；;.．|\n\r第条章项位" + CIRCLED + "一二三四五六七八九十")
