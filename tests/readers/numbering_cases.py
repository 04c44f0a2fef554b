"""Numbered Word files and the labels that Word shows; the labels are written by hand.

A case is a name, the levels of its list as ``format:text`` parted by blanks, the levels of its paragraphs, and
the labels. Options behind the text: ``@5`` start, ``!`` isLgl, ``^0`` lvlRestart.
"""

from __future__ import annotations

from typing import NamedTuple

from word_files import level, lists, num, para, start_at


class Case(NamedTuple):
    """A numbering fixture: the parts of its file, and the labels of its paragraphs."""

    name: str
    body: str
    numbering: str
    labels: list[str]
    styles: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """What stands beside the body."""
        return {"numbering": self.numbering, **({"styles": self.styles} if self.styles else {})}


def _level(index: int, words: str) -> str:
    form, _, text = words.partition(":")
    more, start = "", 1
    if "^" in text:
        text, _, restart = text.partition("^")
        more += f'<w:lvlRestart w:val="{restart}"/>'
    if text.endswith("!"):
        text, more = text[:-1], more + "<w:isLgl/>"
    if "@" in text:
        text, _, begin = text.partition("@")
        start = int(begin)
    return level(index, form, text, start=start, more=more)


def case(name: str, levels: str, paragraphs: str, labels: str) -> Case:
    """A list of these levels, a paragraph for each digit, its labels parted by blanks."""
    made = lists([_level(index, words) for index, words in enumerate(levels.split())])
    body = "".join(para("文", list_=(1, int(digit))) for digit in paragraphs)
    return Case(name, body, made, labels.split())


def _up_to(form: str, count: int, labels: str, *, start: int = 1) -> Case:
    return case(f"{form} from {start}", f"{form}:%1、@{start}", "0" * count, labels)


def _of_nums(name: str, levels: str, nums: str, paragraphs: list[tuple[int, int]], labels: str) -> Case:
    made = lists([_level(index, words) for index, words in enumerate(levels.split())], nums)
    return Case(name, "".join(para("文", list_=at) for at in paragraphs), made, labels.split())


_OFFICIAL = "chineseCountingThousand:%1、 chineseCountingThousand:（%2） decimal:%3. decimal:（%4）"
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="h1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="h2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="h1b"><w:name w:val="h1b"/><w:basedOn w:val="h1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h3"><w:name w:val="h3"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="off"><w:name w:val="off"/><w:basedOn w:val="h1"/><w:pPr><w:numPr><w:numId w:val="0"/>'
    "</w:numPr></w:pPr></w:style>"
)


def _of_styles(name: str, body: str, labels: list[str], levels: list[str] | None = None) -> Case:
    made = lists(levels or [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")])
    return Case(name, body, made, labels, _STYLES)


#: Where LibreOffice does not show what ECMA-376 and Word do: formats that it lacks, isLgl, lvlRestart, pStyle.
NOT_IN_LIBREOFFICE = frozenset(
    (
        "chineseCounting from 99",
        "ideographDigital from 9",
        "taiwaneseDigital from 9",
        "japaneseCounting from 100",
        "japaneseDigitalTenThousand from 10",
        "ideographZodiacTraditional from 1",
        "ideographEnclosedCircle from 1",
        "decimalEnclosedCircle from 20",
        "decimalEnclosedFullstop from 9",
        "decimalEnclosedParen from 1",
        "ordinal",
        "isLgl turns 一 to 1",
        "lvlRestart 0 runs on",
        "lvlRestart 1 skips level 2",
        "the list names the style",
    )
)

CASES = [
    _up_to("chineseCounting", 3, "九、 十、 十一、", start=9),
    _up_to("chineseCounting", 3, "十九、 二十、 二十一、", start=19),
    _up_to("chineseCounting", 3, "九十九、 一○○、 一○一、", start=99),
    _up_to("chineseCountingThousand", 12, "一、 二、 三、 四、 五、 六、 七、 八、 九、 十、 十一、 十二、"),
    _up_to("chineseCountingThousand", 3, "九十九、 一百、 一百零一、", start=99),
    _up_to("chineseCountingThousand", 2, "一百一十、 一百一十一、", start=110),
    _up_to("chineseLegalSimplified", 3, "玖、 壹拾、 壹拾壹、", start=9),
    _up_to("chineseLegalSimplified", 2, "壹佰、 壹佰零壹、", start=100),
    _up_to("ideographLegalTraditional", 3, "壹、 貳、 參、"),
    _up_to("ideographDigital", 3, "九、 一〇、 一一、", start=9),
    _up_to("taiwaneseDigital", 3, "九、 一○、 一一、", start=9),
    _up_to("taiwaneseCounting", 3, "九、 十、 十一、", start=9),
    _up_to("taiwaneseCountingThousand", 3, "二十、 二十一、 二十二、", start=20),
    _up_to("japaneseCounting", 3, "九、 十、 十一、", start=9),
    _up_to("japaneseCounting", 2, "百、 百一、", start=100),
    _up_to("japaneseDigitalTenThousand", 2, "一〇、 一一、", start=10),
    _up_to("japaneseLegal", 3, "壱、 弐、 参、"),
    _up_to("koreanDigital", 2, "구、 일영、", start=9),
    _up_to("koreanCounting", 2, "십、 십일、", start=10),
    _up_to("ideographTraditional", 3, "壬、 癸、 11、", start=9),
    _up_to("ideographZodiac", 3, "子、 丑、 寅、"),
    _up_to("ideographZodiacTraditional", 3, "甲子、 乙丑、 丙寅、"),
    _up_to("ideographEnclosedCircle", 2, "㈠、 ㈡、"),
    _up_to("decimalEnclosedCircle", 3, "⑨、 ⑩、 ⑪、", start=9),
    _up_to("decimalEnclosedCircle", 2, "⑳、 21、", start=20),
    _up_to("decimalEnclosedCircleChinese", 3, "①、 ②、 ③、"),
    _up_to("decimalEnclosedFullstop", 2, "⒐、 ⒑、", start=9),
    _up_to("decimalEnclosedParen", 2, "⑴、 ⑵、"),
    _up_to("decimalFullWidth", 2, "９、 １０、", start=9),
    _up_to("decimalZero", 2, "09、 10、", start=9),
    _up_to("lowerLetter", 3, "z、 aa、 bb、", start=26),
    _up_to("upperLetter", 2, "A、 B、"),
    _up_to("upperRoman", 3, "VIII、 IX、 X、", start=8),
    _up_to("lowerRoman", 2, "xlix、 l、", start=49),
    Case("ordinal", para("文", list_=(1, 0)) * 3, lists([level(0, "ordinal", "%1")]), ["1st", "2nd", "3rd"]),
    case("four official levels", _OFFICIAL, "012301230", "一、 （一） 1. （1） 二、 （一） 1. （1） 三、"),
    case("deeper levels begin anew", _OFFICIAL, "0112120", "一、 （一） （二） 1. （三） 1. 二、"),
    case("a level comes back", _OFFICIAL, "01221220", "一、 （一） 1. 2. （二） 1. 2. 二、"),
    case(
        "all levels in one label",
        "decimal:%1 decimal:%1.%2 decimal:%1.%2.%3",
        "0112012",
        "1 1.1 1.2 1.2.1 2 2.1 2.1.1",
    ),
    case(
        "isLgl turns 一 to 1", "chineseCounting:第%1章 decimal:%1.%2!", "01101", "第一章 1.1 1.2 第二章 2.1"
    ),
    case("without isLgl it stays", "chineseCounting:第%1章 decimal:%1.%2", "011", "第一章 一.1 一.2"),
    case(
        "lvlRestart 0 runs on", "chineseCounting:%1、 decimal:%2.^0", "0110110", "一、 1. 2. 二、 3. 4. 三、"
    ),
    case(
        "lvlRestart 1 skips level 2",
        "the list names the style",
        "decimal:%1 decimal:%2 decimal:%3^1",
        "0121201 2".replace(" ", ""),
        "1 1 1 2 2 2 1 1",
    ),
    case(
        "a skipped level shows its start",
        "decimal:%1 decimal:%1.%2 decimal:%1.%2.%3",
        "02201",
        "1 1.1.1 1.1.2 2 2.1",
    ),
    case("start at 5", "decimal:%1.@5", "00", "5. 6."),
    case("start at 0", "decimal:%1.@0", "00", "0. 1."),
    case("第X条", "chineseCountingThousand:第%1条", "000", "第一条 第二条 第三条"),
    case("none shows no number", "none:专栏 decimal:%2.", "0110", "专栏 1. 2. 专栏"),
    _of_nums(
        "two nums of one list count on", "decimal:%1.", num(1) + num(2), [(1, 0), (2, 0), (1, 0)], "1. 2. 3."
    ),
    _of_nums(
        "a start override begins anew once",
        "decimal:%1.",
        num(1) + num(2, start_at(0, 1)),
        [(1, 0), (1, 0), (2, 0), (2, 0)],
        "1. 2. 1. 2.",
    ),
    _of_nums(
        "an override of 7",
        "decimal:%1.",
        num(1) + num(2, start_at(0, 7)),
        [(1, 0), (2, 0), (2, 0)],
        "1. 7. 8.",
    ),
    _of_nums(
        "a level replaced in the num",
        "decimal:%1.",
        num(1)
        + num(2, f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride>', 0),
        [(2, 0), (2, 0)],
        "① ②",
    ),
    _of_styles("number by style", para("文", style="h1") + para("文", style="h1"), ["一、", "二、"]),
    _of_styles(
        "level by style", para("文", style="h1") + para("文", style="h2") * 2, ["一、", "（一）", "（二）"]
    ),
    _of_styles("style based on another", para("文", style="h1b") + para("文", style="h1"), ["一、", "二、"]),
    _of_styles(
        "numId 0 takes the number away",
        para("文", style="h1") + para("文", style="off") + para("文", style="h1"),
        ["一、", "", "二、"],
    ),
    _of_styles("direct numId 0", para("文", style="h1", list_=(0, 0)) + para("文", style="h1"), ["", "一、"]),
    _of_styles(
        "the list names the style",
        para("文", style="h3") * 2,
        ["第一条", "第二条"],
        [level(0, "decimal", "%1."), level(1, "chineseCounting", "第%2条", more='<w:pStyle w:val="h3"/>')],
    ),
]
