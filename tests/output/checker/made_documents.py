"""A conforming document written by hand as XML, apart from the program's own engine, and ways to spoil it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Spoil = Callable[[str], str]


def run(words: str, font: str = "仿宋_GB2312", size: int = 32, extra: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    return (
        f'<w:r><w:rPr>{fonts}{extra}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{words}</w:t></w:r>'
    )


def para(runs: str, settings: str = "", line: int = 579) -> str:
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
    if "<w:spacing" in settings:
        spacing = ""
    before, _, after = settings.partition("|")
    return f"<w:p><w:pPr>{before}{spacing}{after}</w:pPr>{runs}</w:p>"


CENTRE = '|<w:jc w:val="center"/>'
INDENT = '|<w:ind w:firstLineChars="200" w:firstLine="630"/>'
BLANK = para("")
TIGHT = '<w:spacing w:val="-5"/>'


def text(words: str, font: str = "仿宋_GB2312") -> str:
    return para(run(words, font, extra=TIGHT), INDENT)


def head() -> str:
    red = '<w:color w:val="FF0000"/>'
    border = '<w:bottom w:val="single" w:sz="12" w:space="6" w:color="FF0000"/>'
    line = f"<w:pBdr>{border}</w:pBdr>{CENTRE}"
    return "".join(
        (
            para(run("000012")),
            para(run("机密★1年", "黑体")),
            para(run("特急", "黑体")),
            para(run("澜江市人民政府文件", "方正小标宋简体", 84, red), CENTRE, line=1000),
            BLANK,
            BLANK,
            para(run("澜政发〔2026〕10号"), line),
            BLANK,
            BLANK,
        )
    )


def body() -> str:
    return "".join(
        (
            para(run("澜江市人民政府关于印发2026年", "方正小标宋简体", 44), CENTRE),
            para(run("河道治理任务的通知", "方正小标宋简体", 44), CENTRE),
            BLANK,
            para(run("各县（区）人民政府，市直各部门：")),
            text("现将2026年河道治理任务印发给你们，请认真组织实施，按时完成各项任务，确保安全度汛。"),
            text("一、清淤护岸", "黑体"),
            text("（一）疏浚河道", "楷体_GB2312"),
            text("1.疏浚东河、西河12公里，6月底前完成，并同步清理沿岸垃圾，落实管护责任，建立长效机制。"),
            text("（1）按月调度进度，每月5日前报送情况，每季度通报一次，年底进行考评并公布结果。"),
            text("二、工作要求", "黑体"),
            text("各责任单位要压实责任，加强协作，按季报送进展情况，重大问题及时报告，不得推诿扯皮。"),
            BLANK,
            para(run("附件：1. 任务清单"), INDENT),
            para(run("2. 责任分工"), '|<w:ind w:leftChars="0" w:firstLineChars="500" w:firstLine="1600"/>'),
            BLANK,
            BLANK,
            para(run("澜江市人民政府"), '|<w:ind w:right="1280"/><w:jc w:val="right"/>'),
            para(run("2026年1月5日"), '|<w:ind w:right="1280"/><w:jc w:val="right"/>'),
            para(run("（此件公开发布）"), INDENT),
        )
    )


def annexes() -> str:
    made = ""
    for number, name in ((1, "任务清单"), (2, "责任分工")):
        made += (
            para(run(f"附件{number}", "黑体"), "<w:pageBreakBefore/>|")
            + BLANK
            + para(run(name, "方正小标宋简体", 44), CENTRE)
            + BLANK
            + text("疏浚河道由市水利局牵头，市财政局、各县（区）人民政府配合，按职责分工分别落实。")
        )
    return made


def imprint() -> str:
    def line(edge: str, size: int) -> str:
        return f'<w:{edge} w:val="single" w:sz="{size}" w:space="1" w:color="000000"/>'

    ind = '|<w:ind w:left="280" w:right="280"/>'
    tabs = '<w:tabs><w:tab w:val="right" w:pos="8564"/></w:tabs>'
    first = para(
        run("抄送：市委办公室，市人大常委会办公室，市政协办公室。", size=28),
        f"<w:pBdr>{line('top', 8)}{line('bottom', 6)}</w:pBdr>{ind}",
    )
    second = para(
        run("澜江市人民政府办公室", size=28) + "<w:r><w:tab/></w:r>" + run("2026年1月6日印发", size=28),
        f"<w:pBdr>{line('bottom', 8)}</w:pBdr>{tabs}{ind}",
    )
    return first + second


def footer(align: str, inset: str) -> str:
    ink = {"font": "宋体", "size": 28}
    number = f'<w:fldSimple w:instr=" PAGE ">{run("1", **ink)}</w:fldSimple>'  # type: ignore[arg-type]
    settings = f'|<w:ind w:{inset}="280"/><w:jc w:val="{align}"/>'
    words = run("— ", **ink) + number + run(" —", **ink)  # type: ignore[arg-type]
    return f'<w:ftr xmlns:w="{W}" xmlns:r="{R}">{para(words, settings, line=280)}</w:ftr>'


SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
    '<w:footerReference w:type="even" r:id="rId2"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1446" w:gutter="0"/>'
    "</w:sectPr>"
)


def parts() -> dict[str, str]:
    """The parts of the conforming document, by name."""
    relation = f"{R}/"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("footer1", "footer"),
            ("footer2", "footer"),
            ("settings", "settings"),
            ("styles", "styles"),
        )
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{relation}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{i}" Type="{relation}{kind}" Target="{target}"/>'
            for i, kind, target in (
                ("rId1", "footer", "footer1.xml"),
                ("rId2", "footer", "footer2.xml"),
                ("rId3", "settings", "settings.xml"),
                ("rId4", "styles", "styles.xml"),
            )
        )
        + "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
        f"{head()}{body()}{annexes()}{BLANK}{imprint()}{SECTION}</w:body></w:document>",
        "word/footer1.xml": footer("right", "right"),
        "word/footer2.xml": footer("left", "left"),
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:evenAndOddHeaders/></w:settings>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" '
        'w:cs="仿宋_GB2312"/><w:sz w:val="32"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        "</w:styles>",
    }


def packed(made: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + content)
    return buffer.getvalue()


def spoilt(part: str, spoil: Spoil) -> bytes:
    """The document with one part changed. Raises AssertionError when the change changes nothing."""
    made = parts()
    before = made[part]
    made[part] = spoil(before)
    assert made[part] != before, "the seed must change the part"
    return packed(made)
