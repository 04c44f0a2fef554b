"""Letter, order and minutes as the layout makes them: the checker finds nothing, drawn marks lie in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn import draw, missing, pages
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.checker.roles import Kind
from duban.output.official.compose import compose
from duban.output.official.document import Form, Head, OfficialDocument, Seal, Signature
from duban.output.official.proof import prove
from duban.output.official.settings import read_settings
from made_officials import DAY, IMPRINT, WORDS

OFFICE = "澜江市水利局"
FORMS = {
    Kind.LETTER: OfficialDocument(
        "澜江市水利局关于征求意见的函", (WORDS * 3,), ("市财政局",),
        Head((OFFICE,), "澜水函〔2026〕7号", form=Form.LETTER), Signature(OFFICE, DAY), imprint=IMPRINT,
    ),
    Kind.ORDER: OfficialDocument(
        "澜江市人民政府令",
        ("《澜江市河道管理办法》已经市政府常务会议通过，现予公布，自2026年3月1日起施行。",),
        head=Head(("澜江市人民政府",), "第12号", form=Form.ORDER),
        signature=Signature("张三", DAY, Seal.STAMPED, "市长"), imprint=IMPRINT,
    ),
    Kind.MINUTES: OfficialDocument(
        "澜江市人民政府常务会议纪要", (WORDS * 2, "出席：张三、李四", "请假：王五", "列席：赵六"),
        head=Head(("澜江市人民政府常务会议",), "第3号", form=Form.MINUTES), imprint=IMPRINT,
    ),
}  # fmt: skip
#: Upper edge of the mark from the paper's top, in millimetres (10.1, 10.2, 10.3).
TOPS = {Kind.LETTER: 30, Kind.ORDER: 57, Kind.MINUTES: 72}


@pytest.mark.parametrize("kind", list(FORMS))
def test_a_form_is_told_and_has_no_fault(kind: Kind) -> None:
    made = compose(FORMS[kind], read_settings())
    prove(made, FORMS[kind])
    report = check(made, "made.docx", rendered=False)
    assert report.kind is kind
    found = {one.rule.code: one.faults for one in report.results if one.outcome is Outcome.NOT_MET}
    assert found == {}


@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason=f"pages are not drawn: this machine lacks {missing()}")
def test_marks_and_double_lines_lie_where_clause_10_says(tmp_path: Path) -> None:
    for kind, document in FORMS.items():
        (tmp_path / f"{kind.name}.docx").write_bytes(compose(document, read_settings()))
    for kind, pdf in zip(FORMS, draw(tmp_path, *(f"{kind.name}.docx" for kind in FORMS)), strict=True):
        page = pages(pdf)[0]
        bands = page.ink(red=True, box=(5, 10, 205, 290))
        assert bands[0][0] == pytest.approx(TOPS[kind], abs=1), kind
        if kind is Kind.LETTER:
            mark, lines = bands[0], [band for band in bands if band[2] > 165]
            assert {round(line[2]) for line in lines} == {170}
            assert lines[0][0] - mark[1] == pytest.approx(4, abs=0.7)
            assert lines[-1][1] == pytest.approx(297 - 20, abs=1)
            assert not [letter for letter in page.letters if letter.text == "—" and letter.top > 262]
