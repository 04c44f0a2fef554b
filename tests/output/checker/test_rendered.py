"""Rules that only set pages show: measured on pages that LibreOffice sets, right ones and spoilt ones."""

from __future__ import annotations

import pytest
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.checker.rendering import CannotRenderError, office, render
from made_documents import TIGHT, packed, para, parts, run, spoilt, text


def lacking() -> str:
    """Why pages cannot be set here; empty when they can."""
    if office() is None:
        return "LibreOffice"
    try:
        render(packed(parts()))
    except CannotRenderError as error:
        return str(error)
    return ""


LACKS = lacking()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKS), reason=f"pages are not set: this machine lacks {LACKS}"),
]
MARK = '<w:spacing w:before="0" w:after="0" w:line="1000" w:lineRule="exact"/><w:jc w:val="center"/>'
LONG = "".join(
    text(f"{'各责任单位要压实责任加强协作按季报送进展情况重大问题及时报告不得推诿扯皮' * 6}第{n}段。")
    for n in range(12)
)


def outcomes(raw: bytes) -> dict[str, Outcome]:
    report = check(raw, "made.docx")
    assert report.pages
    return {result.rule.code: result.outcome for result in report.results}


@pytest.fixture(scope="module")
def plain() -> dict[str, Outcome]:
    return outcomes(packed(parts()))


@pytest.mark.parametrize("code", ["7.3.3j", "7.3.5e", "7.5f", "7.2.7c"])
def test_what_the_pages_show_is_met(plain: dict[str, Outcome], code: str) -> None:
    assert plain[code] is Outcome.MET


def test_the_mark_is_measured_from_the_paper_s_edge(plain: dict[str, Outcome]) -> None:
    assert plain["7.2.4c"] is Outcome.NOT_MET  # 69 mm as the document stands
    lower = MARK.replace('w:before="0"', 'w:before="157"')  # 2.8 mm
    assert outcomes(spoilt("word/document.xml", lambda t: t.replace(MARK, lower)))["7.2.4c"] is Outcome.MET


def test_full_pages_have_22_lines_of_28_characters() -> None:
    def longer(line: str = "579", spacing: str = TIGHT) -> dict[str, Outcome]:
        def spoil(made: str) -> str:
            at = made.index("<w:p>", made.index("安全度汛"))
            return (
                (made[:at] + LONG + made[at:])
                .replace('w:line="579"', f'w:line="{line}"')
                .replace(TIGHT, spacing)
            )

        return outcomes(spoilt("word/document.xml", spoil))

    right = longer()
    assert right["5.2.3a"] is Outcome.MET
    assert right["5.2.3b"] is Outcome.MET
    assert longer(line="600")["5.2.3a"] is Outcome.NOT_MET
    assert longer(spacing="")["5.2.3b"] is Outcome.NOT_MET


def test_the_imprint_not_at_the_foot_is_found(plain: dict[str, Outcome]) -> None:
    assert plain["7.4.1c"] is Outcome.NOT_MET  # it follows the text at once


@pytest.mark.parametrize(
    ("code", "part", "old", "new"),
    [
        ("7.5f", "word/document.xml", 'w:footer="1446"', 'w:footer="400"'),
        ("7.2.7c", "word/document.xml", 'w:space="6"', 'w:space="0"'),
        ("7.3.3j", "word/document.xml", para(run("各县（区）人民政府，市直各部门：")), para("") * 14),
        ("7.3.5e", "word/document.xml", "<w:jc w:val=\"right\"/></w:pPr>", None),
    ],
)  # fmt: skip
def test_a_seeded_defect_shows_on_the_pages(code: str, part: str, old: str, new: str | None) -> None:
    def spoil(made: str) -> str:
        if new is not None:
            return made.replace(old, new)
        # A signature alone on its page.
        at = made.index("<w:p>", made.index("2. 责任分工"))
        return made[:at] + para("") * 30 + made[at:]

    assert outcomes(spoilt(part, spoil))[code] is Outcome.NOT_MET


def test_without_pages_such_rules_stay_open() -> None:
    report = check(packed(parts()), "made.docx", rendered=False)
    open_ = {r.rule.code for r in report.results if r.outcome is Outcome.UNKNOWN}
    assert {"7.2.4c", "7.2.7c", "7.3.3j", "7.3.5e", "7.4.1c", "7.5f"} <= open_


def test_fonts_that_are_not_here_are_told() -> None:
    report = check(packed(parts()), "made.docx")
    made_up = spoilt("word/document.xml", lambda t: t.replace("楷体_GB2312", "无此楷体字体"))
    assert set(report.substituted) <= {"仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体"}
    assert "无此楷体字体" in check(made_up, "made.docx").substituted or not report.substituted
