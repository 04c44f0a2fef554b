"""Kinds of lines around the items of a notice: day, signer, title, annex heading, first line of an item."""

from __future__ import annotations

from .patterns import pattern

#: A day in figures or numerals: 2021年4月27日, 二〇二一年四月二十七日; six groups.
DAY = (
    r"(?:(20\d\d|19\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日"
    r"|([二〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日)"
)
#: A line that is a day: the end of a signature.
DATE_LINE = pattern(rf"\s*{DAY}\s*$")
#: The heading of an annex: 附件1.
ANNEX_LINE = pattern(r"\s*附\s*[件表录]\s*[\d一二三四五六七八九十]*\s*:?\s*$")
#: Words that say what kind of document a title is the title of.
KIND = (
    r"(?:通知|意见|方案|办法|通报|决定|措施|计划|规划|要点|清单|细则|举措|公告|函|规定|政策|分工|若干意见|批复|指标体系"
    r"|体系|名单|目标管理|工作|分解表|分解|实事项目|分工表|任务表|台账|一览表)"
)
# The end of a title: …工作方案, …措施的通知, …办法(试行).
_TITLE_END = pattern(rf"{KIND}(?:》)?(?:的(?:通知|函|意见))?(?:\([^)]*\))?$")
# The first words of an item: 一、 （一） 1. 第一条 ①.
_ITEM_START = pattern(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,3}[.、]"
    r"|第[一二三四五六七八九十]+[条章]|[①-⑳])"
)
# A line of names only: 某某省人民政府办公厅.
_NAMES_LINE = pattern(r"\s*[(]?[\u4e00-\u9fff、 〔〕()·“”]{2,50}[)]?\s*$")
# … that ends as a body's name.
_BODY_END = pattern(r"(?:府|厅|室|局|部|委|会|组|院|署|办|中心|办公|公章|代章|公司|处|行|社|团)[)]?\s*$")


def is_item_line(line: str) -> bool:
    """Whether a folded line begins with a number of an item."""
    return _ITEM_START.match(line) is not None


def ends_as_title(words: str) -> bool:
    """Whether folded words end as a document's title does."""
    return _TITLE_END.search(words) is not None


def is_signer(line: str) -> bool:
    """Whether a folded line is the name of a body that signs or issues, and nothing else."""
    return (
        _NAMES_LINE.fullmatch(line) is not None
        and not is_item_line(line)
        and not ends_as_title(line.strip())
        and _BODY_END.search(line) is not None
    )
