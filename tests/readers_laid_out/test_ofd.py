"""OFD after GB/T 33190: several documents, templates, matrices, steps in both forms, hidden text."""

from __future__ import annotations

import pytest
from duban.extract.readers import ReadOptions
from duban.extract.readers.ofd import is_ofd, read_ofd
from duban.extract.readers.ofd_page import steps
from ofd_writer import ofd_of, package, pages_of, text_object


def text_of(raw: bytes) -> str:
    source = read_ofd(raw, "x.ofd", ReadOptions())
    end = next((piece.start for piece in source.pieces if piece.aside), len(source.text))
    return source.text[:end]


def test_documents_follow_one_another() -> None:
    raw = package([pages_of("甲文件", page_marks=False), pages_of("乙文件", page_marks=False)])
    assert text_of(raw).splitlines() == ["甲文件", "乙文件"]


def test_pieces_tell_the_pages_path_and_box() -> None:
    source = read_ofd(ofd_of("甲文件"), "x.ofd", ReadOptions())
    first = source.pieces[0]
    assert first.part == "Doc_0/Pages/Page_0/Content.xml"
    assert first.box is not None
    assert first.box[0] == pytest.approx((28 + 2 * 5.644) * 72 / 25.4, abs=0.1)


def test_a_templates_text_is_on_each_page() -> None:
    raw = package([["".join([text_object("正文", 40, 100)])]], template=text_object("某某市文件", 60, 60))
    assert text_of(raw).splitlines() == ["某某市文件", "正文"]


def test_a_matrix_moves_and_turned_text_stands_aside() -> None:
    moved = text_object("移过", 20, 60, ctm="1 0 0 1 0 40")
    turned = text_object("斜置", 20, 200, ctm="0.7071 0.7071 -0.7071 0.7071 0 0")
    source = read_ofd(package([[moved + text_object("在先", 20, 80) + turned]]), "x", ReadOptions())
    assert source.text.splitlines() == ["在先", "移过", "斜置"]
    assert source.pieces[-2].aside


@pytest.mark.parametrize("size", ["0", "-3", "1e-300", "1e300", "nan", "x"])
def test_letters_of_an_absurd_size_are_read(size: str) -> None:
    content = text_object("甲文件", 20, 60) + text_object("乙文件", 20, 80)
    raw = package([[content.replace('Size="5.644"', f'Size="{size}"')]])
    assert text_of(raw).splitlines() == ["甲文件", "乙文件"]


def test_letters_that_a_font_gives_no_meaning_are_told() -> None:
    """As after a CGTransform (GB/T 33190 11.4) of a producer that puts glyph numbers into TextCode."""
    source = read_ofd(
        package([[text_object("\ue001\ue002\ue003甲\ue004\ue005", 20, 60)]]), "x", ReadOptions()
    )
    assert "[Doc_0/Pages/Page_0/Content.xml：有 5 个字的字体没有说明是什么字，须对照原件]" in source.text
    source = read_ofd(ofd_of("\ue001" + "甲文件" * 50), "x", ReadOptions())
    assert "须对照原件" not in source.text


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("5 5 6", [5, 5, 6]),
        ("g 3 5", [5, 5, 5]),
        ("g 2 5 7", [5, 5, 7]),
        ("5", [5, 5, 5]),
        ("", [0, 0, 0]),
        ("g 999999999999 5", [5, 5, 5]),
        ("g 2", [2, 2, 2]),
        ("x nan 4", [4, 4, 4]),
    ],
)
def test_steps(told: str, found: list[float]) -> None:
    assert steps(told, 3) == found


def test_only_packages_with_ofd_xml_are_ofd() -> None:
    assert is_ofd(ofd_of("字"))
    assert not is_ofd(b"PK\x03\x04nothing")
    assert not is_ofd(b"")


def asides_of(raw: bytes) -> list[str]:
    source = read_ofd(raw, "x.ofd", ReadOptions())
    start = next((piece.start for piece in source.pieces if piece.aside), len(source.text))
    return source.text[start:].splitlines()


def test_the_words_of_annotations_stand_aside() -> None:
    note = (
        '<ofd:Annot ID="9" Type="Watermark"><ofd:Appearance Boundary="20 30 90 20">'
        f"{text_object('内部资料', 5, 10)}</ofd:Appearance></ofd:Annot>"
    )
    raw = package([[text_object("正文", 40, 100)]], notes=note)
    assert text_of(raw) == "正文\n"
    assert asides_of(raw) == ["内部资料"]
    source = read_ofd(raw, "x.ofd", ReadOptions())
    (box,) = (p.box for p in source.pieces if p.aside and not p.generated)
    assert box is not None
    assert box[0] == pytest.approx(25 * 72 / 25.4, abs=0.1)
    assert text_of(package([[text_object("正文", 40, 100)]], notes="<ofd:Annot/>")) == "正文\n"


def test_what_a_page_does_not_give_is_told() -> None:
    heads = "".join(
        text_object(head, 30 + 50 * at, 60) for at, head in enumerate(("序号", "任务", "责任单位"))
    )
    assert "分不出栏" in asides_of(package([[heads]]))[0]
    composite = '<ofd:CompositeObject ID="9" Boundary="0 0 210 297" ResourceID="77"/>'
    assert "复合图元" in asides_of(package([[text_object("正文", 40, 100) + composite]]))[0]
    assert asides_of(package([[text_object("正文", 40, 100)]])) == []
