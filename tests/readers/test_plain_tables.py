"""Tables that are read without a tree: what they give is what the tree gives, to the last place."""

from __future__ import annotations

import pytest
from duban.extract.readers.docx import read as read_docx
from duban.extract.readers.numbering import Numbering
from duban.extract.readers.plain_tables import without_plain_tables
from duban.extract.readers.registry import ReadOptions
from duban.extract.readers.styles import Styles, without_other_styles
from duban.model import Source
from duban.model.errors import DubanError
from duban.model.packages import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from word_files import W, box, dele, ins, level, lists, package, para, parts_of, read_word, run, table

#: A comment, which no parser shows, keeps a part from being cut.
UNCUT = "<!---->"
WORDS = st.text(st.sampled_from("修桥市财政局6月底 \u3000\n&<>\"'甲"), max_size=6)


def _cell(*content: str, properties: str = "") -> str:
    return f"<w:tc>{properties}{''.join(content)}</w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


PLAIN_RUNS = st.one_of(
    WORDS.map(run),
    WORDS.map(lambda text: run(text).replace(' xml:space="preserve"', "")),
    WORDS.map(lambda text: run(text).replace("<w:r>", '<w:r w:rsidR="00A1"><w:rPr><w:b/><w:sz w:val="21"/></w:rPr>')),
    st.sampled_from(
        ("<w:r/>", "<w:r><w:t/></w:r>", '<w:proofErr w:type="spellEnd"/>', '<w:bookmarkEnd w:id="1"/>',
         "<w:r><w:t>甲</w:t><w:t>乙</w:t></w:r>", "<w:r><w:t>a&#x4e00;&amp;</w:t></w:r>", "\n ")
    ),
)  # fmt: skip
#: What only the tree can tell.
RICH_RUNS = st.one_of(
    WORDS.map(dele),
    WORDS.map(lambda text: ins(run(text))),
    st.sampled_from(
        ("<w:r><w:tab/><w:t>乙</w:t></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:sym w:char='2460'/></w:r>",
         "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>", box(para("框")), "<w:foo><w:r><w:t>异</w:t></w:r></w:foo>",
         "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", f"<w:hyperlink>{run('链接')}</w:hyperlink>",
         "<w:r><w:t>甲<w:foo/>乙</w:t></w:r>", "<w:r><w:r><w:t>里</w:t></w:r></w:r>", "<w:t>散</w:t>",
         "<w:r><w:rPr><w:t>内</w:t></w:rPr></w:r>", "<v:r><w:t>异</w:t></v:r>")
    ),
)  # fmt: skip


def _paragraphs(runs: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    heads = st.sampled_from(
        ("<w:p>", '<w:p w14:paraId="0000AB12" w14:textId="77777777" w:rsidR="00A1">',
         '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>', '<w:p><w:pPr><w:jc w:val="a>b"/></w:pPr>')
    )  # fmt: skip
    return st.tuples(heads, st.lists(runs, max_size=3)).map(lambda made: f"{made[0]}{''.join(made[1])}</w:p>")


def _tables(runs: st.SearchStrategy[str], more: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.builds(
        lambda content, properties: _cell(*content, properties=properties),
        st.lists(st.one_of(_paragraphs(runs), more), min_size=0, max_size=2),
        st.sampled_from(("", '<w:tcPr><w:tcW w:w="1" w:type="dxa"/></w:tcPr>', "\n", "<w:tcPr />")),
    )
    rows = st.builds(
        lambda content, properties: _row(*content, properties=properties),
        st.lists(cells, max_size=3),
        st.sampled_from(("", '<w:trPr><w:trHeight w:val="9"/></w:trPr>')),
    )
    return st.lists(rows, max_size=4).map(lambda made: table("<w:tblPr/>", *made))


PLAIN = _tables(PLAIN_RUNS, st.just("<w:p/>"))
MIXED = _tables(
    st.one_of(PLAIN_RUNS, PLAIN_RUNS, RICH_RUNS),
    st.sampled_from(
        ("<w:p/>", table(_row(_cell(para("内")), _cell(para("表")))), para("题", style="S"),
         "<w:tcPr><w:p><w:r><w:t>误</w:t></w:r></w:p></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>")
    ),
)  # fmt: skip


def _part(body: str) -> bytes:
    """A document part with this body, names declared."""
    part = str(parts_of(body)["word/document.xml"])
    return part.replace("<w:document ", '<w:document xmlns:w14="urn:w14" ', 1).encode()


def _read(part: bytes, **others: str) -> tuple[Source | str, ...]:
    """What is read of the part in each of the views of tracked changes; an error's code where it is refused."""
    parts = parts_of("", **others)
    parts["word/document.xml"] = part
    raw = package(parts)
    found: list[Source | str] = []
    for view in ("accepted", "rejected"):
        try:
            source = read_docx(raw, "a.docx", ReadOptions(revisions=view))
            found += (source.text, *source.pieces)
        except DubanError as error:
            found.append(error.code)
    return tuple(found)


def _is_cut(part: bytes) -> bool:
    return bool(without_plain_tables(part, "")[1])


@given(st.lists(st.one_of(PLAIN, PLAIN, MIXED, st.just(para("段"))), min_size=1, max_size=3))
def test_a_table_gives_the_same_with_and_without_a_tree(blocks: list[str]) -> None:
    part = _part("".join(blocks))
    assert not _is_cut(part + UNCUT.encode())
    assert _read(part) == _read(part + UNCUT.encode())


@given(PLAIN)
def test_plain_tables_are_read_without_a_tree(made: str) -> None:
    assert _is_cut(_part(made))


ROWS = table(_row(_cell(para("甲")), _cell(para("乙"))), _row(_cell(para("丙")), _cell(para("丁"))))


@pytest.mark.parametrize(
    "rich",
    [
        dele("旧"), ins(run("新")), box(para("框")), "<w:r><w:tab/></w:r>", "<w:r><w:sym w:char='2460'/></w:r>",
        "<w:foo><w:r><w:t>异</w:t></w:r></w:foo>", "<v:r><w:t>异</w:t></v:r>", "<w:r><w:t w:x=''>甲</w:t></w:r>",
        "<w:r><w:t>甲<w:foo/></w:t></w:r>", "散", "<w:t>散</w:t>", "<w:r><w:rPr><w:t>内</w:t></w:rPr></w:r>",
    ],
)  # fmt: skip
def test_what_only_the_tree_can_tell_is_left_to_it(rich: str) -> None:
    assert not _is_cut(_part(table(_row(_cell(f"<w:p>{rich}</w:p>"), _cell(para("乙"))))))


def test_the_others_of_a_part_are_cut_out_all_the_same() -> None:
    inner = table(_row(_cell(ROWS, para("外")), _cell(para("乙"))))
    part = _part(ROWS + inner + para("段") + ROWS)
    assert len(without_plain_tables(part, "")[1]) == 3
    assert (
        _read(part)[0]
        == _read(part + UNCUT.encode())[0]
        == ("甲 | 乙 |\n丙 | 丁 |\n甲 乙 丙 丁 外 | 乙 |\n段\n甲 | 乙 |\n丙 | 丁 |\n")
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲", "甲&no;"), ("甲", "\x01"), ("甲", "]]>"), ("甲", "&#0;"), ("</w:tr>", ""), ("<w:tc>", "<w:tr>"),
        ("<w:pPr>", '<w:pPr w:x="&no;">'), ("<w:pPr>", '<w:pPr w:x="1" w:x="2">'), ("<w:pPr>", '<w:pPr no:x="1">'),
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused_all_the_same(old: str, new: str) -> None:
    part = _part(ROWS.replace(old, new, 1))
    assert _read(part) == _read(part + UNCUT.encode()) == ("E220", "E220")
    broken = _part(ROWS).replace("甲".encode(), b"\xe7\x94", 1)
    assert _read(broken) == ("E220", "E220")


@pytest.mark.parametrize("declared", ["UTF-8", "GB18030", "UTF-16"])
def test_other_encodings_go_to_the_tree(declared: str) -> None:
    part = f'<?xml version="1.0" encoding="{declared}"?>{_part(ROWS).decode()}'.encode(declared)
    assert _is_cut(part) == (declared == "UTF-8")
    assert _read(part)[0] == "甲 | 乙 |\n丙 | 丁 |\n"


def test_paragraphs_that_are_numbered_by_default_are_numbered_in_tables() -> None:
    numbered = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{numbered}</w:style>'
    source = read_word(ROWS, numbering=lists([level(0, "decimal", "%1.")]), styles=styles)
    assert source.text == "1.甲 | 2.乙 |\n3.丙 | 4.丁 |\n"


def test_a_name_that_stands_for_cut_tables_cannot_be_forged() -> None:
    part = _part('<w:tbl cut=""/>' + ROWS)
    mark = without_plain_tables(part, "")[0].find(f".//{{{W[9:-1]}}}tbl[2]").attrib.keys()[0]
    assert _read(part.replace(b'cut=""', f'{mark}=""'.encode()))[0] == "甲 | 乙 |\n丙 | 丁 |\n"


STYLES = st.lists(
    st.builds(
        lambda kind, name, based, number, close: (
            f'<w:style {kind} w:styleId="{name}"'
            + ("/>" if close else f">{based}<w:pPr>{number}</w:pPr></w:style>")
        ),
        st.sampled_from(
            ('w:type="paragraph"', 'w:type="table"', 'w:type="character" w:default="1"', 'w:default="1" w:type="paragraph"',
             "w:type='paragraph'", "w:name='&quot; w:type=\"table\"' w:type=\"paragraph\"", "", 'w:x=">" w:type="table"')
        ),
        st.sampled_from("ABCD"),
        st.sampled_from(("", *(f'<w:basedOn w:val="{name}"/>' for name in "ABCD"))),
        st.sampled_from(("", "<w:numPr><w:numId w:val='1'/></w:numPr>", "<w:style w:type='paragraph'/>",
                         '<w:style w:type="paragraph" w:styleId="A"></w:style>', "<!-- </w:style> -->")),
        st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@given(STYLES, st.sampled_from(("", "<?x <w:style?>", "<![CDATA[</w:style>]]>")))
def test_styles_of_paragraphs_are_the_same_without_the_others(made: list[str], more: str) -> None:
    data = f"<w:styles {W}>{''.join(made)}{more}</w:styles>".encode()
    whole = parse_xml(data, "")
    try:
        short = parse_xml(without_other_styles(data), "")
    except DubanError:
        return  # the caller parses the whole
    for name in ("A", "B", "C", "D", "none"):
        properties = parse_xml(f'<w:pPr {W}><w:pStyle w:val="{name}"/></w:pPr>'.encode(), "")
        found = [Styles(root, Numbering(None)).list_of(properties) for root in (whole, short)]
        assert found[0] == found[1]


def test_other_styles_are_taken_out() -> None:
    kept = '<w:style w:type="paragraph" w:styleId="A"><w:pPr/></w:style>'
    other = '<w:style w:type="table" w:styleId="T"><w:pPr/></w:style>'
    assert without_other_styles(f"<w:styles {W}>{other}{kept}{other}</w:styles>".encode()).decode() == (
        f"<w:styles {W}>{kept}</w:styles>"
    )
