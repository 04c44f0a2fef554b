"""Upward documents, letters, orders and minutes: each form conforming, and with one thing wrong."""

from __future__ import annotations

import pytest
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.checker.roles import Kind
from made_documents import BLANK, CENTRE, INDENT, SECTION, TIGHT, R, W, packed, para, parts, run, text

RED = '<w:color w:val="FF0000"/>'
SONG = "方正小标宋简体"
RIGHT = '|<w:jc w:val="right"/>'
SIGNED = para(run("澜江市水利局"), '|<w:ind w:right="1280"/><w:jc w:val="right"/>') + para(
    run("2026年1月5日"), '|<w:ind w:right="1280"/><w:jc w:val="right"/>'
)
WORDS = text("现将有关情况函告如下，请贵局结合职能提出意见，并于1月底前书面反馈，逾期未反馈视为同意。")


def double(kind: str, width: int) -> str:
    """A red double line as a table of one cell, so wide."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        f'<w:top w:val="{kind}" w:sz="24" w:space="0" w:color="FF0000"/></w:tblBorders></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:tc>{BLANK}</w:tc></w:tr></w:tbl>'
    )


def signer_line(*, name: str = "楷体_GB2312", colon: str = "：", tab: bool = True, indent: int = 100) -> str:
    between = "<w:r><w:tab/></w:r>" if tab else ""
    words = run("澜水报〔2026〕3号") + between + run(f"签发人{colon}") + run("张三", name)
    line = '<w:pBdr><w:top w:val="single" w:sz="12" w:space="1" w:color="FF0000"/></w:pBdr>|'
    settings = f'|<w:ind w:leftChars="{indent}" w:left="320"/>'
    return para(words, settings) + para("", line)


def signer_rows(*, name: str = "楷体_GB2312", together: bool = True) -> str:
    """Five signers in rows of two; the number stands on the last row, where no label is (7.2.6)."""
    tab, kai = "<w:r><w:tab/></w:r>", name
    ind = '|<w:ind w:leftChars="100" w:left="320"/>'
    last = run("澜水报〔2026〕3号") + (tab + run("钱七", kai) if together else "")
    return (
        para(tab + run("签发人：") + run("张三　李四", "楷体_GB2312"), ind)
        + para(tab + run("王五　赵六", kai), ind)
        + ("" if together else para(tab + run("钱七", kai), ind))
        + para(last, ind)
        + para("", '<w:pBdr><w:top w:val="single" w:sz="12" w:space="1" w:color="FF0000"/></w:pBdr>|')
    )


def upward(line: str, title: str = "澜江市水利局关于解决护岸资金的请示") -> str:
    mark = para(run("澜江市水利局文件", SONG, 84, RED), CENTRE, line=1000)
    return (
        mark + BLANK * 2 + line + BLANK + para(run(title, SONG, 44), CENTRE)
        + BLANK + para(run("市政府：")) + WORDS + BLANK + SIGNED
    )  # fmt: skip


def letter(
    *,
    mark: str = "澜江市水利局",
    upper: str = "thickThinSmallGap",
    width: int = 9638,
    number: str = RIGHT,
    end: str = "",
) -> str:
    return (
        para(run(mark, SONG, 60, RED), CENTRE, line=900) + double(upper, width)
        + para(run("澜水函〔2026〕7号"), number) + BLANK * 2
        + para(run("澜江市水利局关于征求意见的函", SONG, 44), CENTRE) + BLANK
        + para(run("市财政局：")) + WORDS + BLANK + SIGNED + double("thinThickSmallGap", 9638) + end
    )  # fmt: skip


def black(made: str) -> str:
    """With double lines in black."""
    return made.replace('w:space="0" w:color="FF0000"', 'w:space="0" w:color="000000"')


def order(*, mark: str = "澜江市人民政府令", align: str = CENTRE, blanks: int = 2) -> str:
    return (
        para(run(mark, SONG, 84, RED), CENTRE, line=1000) + BLANK * blanks + para(run("第12号"), align)
        + BLANK * 2 + text("《澜江市河道管理办法》已经市政府常务会议通过，现予公布，自2026年3月1日起施行。")
        + BLANK * 2 + para(run("市长　张三"), '|<w:ind w:right="1280"/><w:jc w:val="right"/>')
        + para(run("2026年1月5日"), '|<w:ind w:right="1280"/><w:jc w:val="right"/>')
    )  # fmt: skip


def minutes(*, label: str = "黑体") -> str:
    return (
        para(run("澜江市人民政府常务会议纪要", SONG, 60, RED), CENTRE, line=900) + BLANK * 2
        + para(run("第3号"), CENTRE) + BLANK * 2
        + text("会议听取了河道治理情况汇报，议定由市水利局牵头落实，市财政局保障经费，年底前完成。")
        + para(run("出席：", label, extra=TIGHT) + run("张三、李四、王五", extra=TIGHT), INDENT)
    )  # fmt: skip


def document(body: str, *, first: bool = False) -> bytes:
    """A document with this body; ``first``: its first page has no page number."""
    made = parts()
    section = SECTION.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>") if first else SECTION
    made["word/document.xml"] = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{section}</w:body></w:document>'
    )
    return packed(made)


def faults(raw: bytes) -> tuple[Kind, set[str]]:
    report = check(raw, "made.docx", rendered=False)
    return report.kind, {r.rule.code for r in report.results if r.outcome is Outcome.NOT_MET}


@pytest.mark.parametrize(
    ("raw", "kind", "but"),
    [
        (document(upward(signer_line())), Kind.GENERAL, {"7.4a"}),
        (document(upward(signer_rows())), Kind.GENERAL, {"7.4a"}),
        (document(letter(), first=True), Kind.LETTER, set()),
        (document(order()), Kind.ORDER, set()),
        (document(minutes()), Kind.MINUTES, set()),
    ],
    ids=["upward", "five signers", "letter", "order", "minutes"],
)
def test_a_conforming_form_has_no_fault(raw: bytes, kind: Kind, but: set[str]) -> None:
    """``but``: what these short ones leave out, a 版记."""
    assert faults(raw) == (kind, but)


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("7.2.6a", document(upward(signer_line(name="仿宋_GB2312")))),
        ("7.2.6a", document(upward(signer_rows(name="仿宋_GB2312")))),
        ("7.2.5d", document(upward(signer_rows(together=False)))),
        ("7.2.6b", document(upward(signer_line(colon=":")))),
        ("7.2.6c", document(upward(para(run("澜水报〔2026〕3号"), CENTRE)))),
        ("7.2.5d", document(upward(signer_line(indent=0)).replace(' w:left="320"', ""))),
        ("10.1a", document(letter(upper="thinThickSmallGap"), first=True)),
        ("10.1a", document(black(letter()), first=True)),
        ("10.1b", document(letter(width=8844), first=True)),
        ("10.1c", document(letter())),
        ("10.1d", document(letter(number=CENTRE), first=True)),
        ("10.1e", document(letter(end=para(run("2026年1月6日印发", size=28))), first=True)),
        ("10.2b", document(order(align='|<w:jc w:val="left"/>'))),
        ("10.2b", document(order(blanks=0))),
        ("10.3a", document(minutes(label="仿宋_GB2312"))),
    ],
)  # fmt: skip
def test_a_seeded_defect_is_found(code: str, raw: bytes) -> None:
    assert code in faults(raw)[1]


def test_told_forms_are_held_to_their_marks() -> None:
    """Where a person tells the form, its mark is held to it."""
    for code, kind, raw in (
        ("10.1f", Kind.LETTER, document(letter(mark="澜江市水利局文件"), first=True)),
        ("10.2a", Kind.ORDER, document(order(mark="澜江市人民政府文件"))),
        ("10.3b", Kind.MINUTES, document(upward(para(run("澜水报〔2026〕3号"), CENTRE)))),
    ):
        report = check(raw, "made.docx", kind=kind, rendered=False)
        assert code in {r.rule.code for r in report.results if r.outcome is Outcome.NOT_MET}


def test_text_in_a_text_box_is_told() -> None:
    box = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"{WORDS * 6}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    assert "5.2.1d" in faults(document(upward(signer_line()) + box))[1]
