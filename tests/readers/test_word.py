"""Word files: tracked changes, boxes, merged cells, controls, notes; every character with its place."""

from __future__ import annotations

import pytest
from duban.model import places_of
from duban.model.errors import EmptyError, UsageError
from word_files import box, cell, dele, ins, level, lists, para, read_word, row, run, table

SYMBOL = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
MATH = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{}</m:oMath>'
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
#: Name, body, and what is read with the changes accepted, and rejected.
CHANGED = [
    ("an insertion", para(run("完成") + ins(run("全部")) + run("任务")), "完成全部任务\n", "完成任务\n"),
    ("a deletion", para(run("完成") + dele("部分") + run("任务")), "完成任务\n", "完成部分任务\n"),
    ("a replacement", para(run("6月") + dele("中旬") + ins(run("底"))), "6月底\n", "6月中旬\n"),
    (
        "a deletion inside an insertion is nowhere",
        para(run("甲") + ins(run("乙") + dele("丙"))),
        "甲乙\n",
        "甲\n",
    ),
    (
        "a move",
        para(f"<w:moveFrom>{run('旧处')}</w:moveFrom>" + run("甲"))
        + para(run("乙") + f"<w:moveTo>{run('新处')}</w:moveTo>"),
        "甲\n乙新处\n",
        "旧处甲\n乙\n",
    ),
    ("a deleted paragraph mark joins", para(run("前"), mark="del") + para("后"), "前后\n", "前\n后\n"),
    ("an inserted paragraph mark parts", para(run("前"), mark="ins") + para("后"), "前\n后\n", "前后\n"),
    (
        "a paragraph deleted whole",
        para("甲") + para(dele("乙"), mark="del") + para("丙"),
        "甲\n丙\n",
        "甲\n乙\n丙\n",
    ),
    (
        "a deleted row",
        table(row("甲", "乙"), row("丙", "丁", mark="del")),
        "甲 | 乙 |\n",
        "甲 | 乙 |\n丙 | 丁 |\n",
    ),
    (
        "an inserted row",
        table(row("甲", "乙"), row("丙", "丁", mark="ins")),
        "甲 | 乙 |\n丙 | 丁 |\n",
        "甲 | 乙 |\n",
    ),
    ("a change in a box", para(run("文") + box(para(dele("旧") + ins(run("新"))))), "文\n新\n", "文\n旧\n"),
]


@pytest.mark.parametrize(("name", "body", "accepted", "rejected"), CHANGED, ids=[case[0] for case in CHANGED])
def test_tracked_changes(name: str, body: str, accepted: str, rejected: str) -> None:
    assert name
    assert read_word(body).text == accepted
    assert read_word(body, "rejected").text == read_word(body, "original").text == rejected


def test_a_deleted_paragraph_counts_in_no_list() -> None:
    made = lists([level(0, "decimal", "%1.")])
    body = para("甲", list_=(1, 0)) + para(dele("乙"), list_=(1, 0), mark="del") + para("丙", list_=(1, 0))
    assert read_word(body, numbering=made).text == "1.甲\n2.丙\n"
    assert read_word(body, "rejected", numbering=made).text == "1.甲\n2.乙\n3.丙\n"


def test_a_number_that_was_added_is_not_in_the_original() -> None:
    made = lists([level(0, "decimal", "%1.")])
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{}</w:numPr>'
    added = f"<w:p><w:pPr>{numbered.format('<w:ins/>')}</w:pPr>{run('甲')}</w:p>"
    changed = f"<w:p><w:pPr><w:pPrChange><w:pPr>{numbered.format('')}</w:pPr></w:pPrChange></w:pPr>{run('乙')}</w:p>"
    assert read_word(added + changed, numbering=made).text == "1.甲\n乙\n"
    assert read_word(added + changed, "original", numbering=made).text == "甲\n1.乙\n"


def test_an_unknown_choice_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="accepted"):
        read_word(para("文"), "some")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # merged cells once
        (
            table(row("序号", "任务", "单位"), row(cell("一、水利", span=3))),
            "序号 | 任务 | 单位 |\n一、水利 |  |  |\n",
        ),
        (
            table(row("1", cell("甲", merge="restart")), row("2", cell("", merge="continue"))),
            "1 | 甲 |\n2 |  |\n",
        ),
        (
            table(
                row(cell("甲", merge="restart", span=2), "乙"),
                row(cell("重复", merge="continue", span=2), "丙"),
            ),
            "甲 |  | 乙 |\n |  | 丙 |\n",
        ),
        # cells of several paragraphs are one line
        (table(row(cell("市水利局", "市财政局"), "1")), "市水利局 市财政局 | 1 |\n"),
        (table(row(cell(para(run("甲") + "<w:r><w:br/></w:r>" + run("乙"))), "1")), "甲 乙 | 1 |\n"),
        # a frame of one column is no table of data; tables inside cells
        (table(row(cell(para("第一段"), para("第二段")))), "第一段\n第二段\n"),
        (table(row(cell(table(row("甲", "乙")), para("丙")))), "甲 | 乙 |\n丙\n"),
        # … and in a cell among others its cells are parted by blanks: bars would be the outer table's
        (table(row("1", cell(para("甲"), table(row("乙", "丙"))), "丁")), "1 | 甲 乙 丙 | 丁 |\n"),
        (table(row("1", cell(table(row("甲", cell(table(row("乙", "丙")))))))), "1 | 甲 乙 丙 |\n"),
        # boxes once, behind their paragraph; in cells too
        (para(run("前") + box(para("框")) + run("后")) + para("次"), "前后\n框\n次\n"),
        (para(run("外") + box(para(run("中") + box(para("内"))))), "外\n中\n内\n"),
        (table(row(cell(para(run("甲") + box(para("框")))), "乙")), "甲 框 | 乙 |\n"),
        # controls, links, fields, rubies, symbols
        (CONTROL.format(para("块")) + para(CONTROL.format(run("行"))), "块\n行\n"),
        (
            table(CONTROL.format(row("甲", "乙")), row(CONTROL.format(cell("丙")), "丁")),
            "甲 | 乙 |\n丙 | 丁 |\n",
        ),
        (para(f'<w:hyperlink r:id="rId9">{run("链接")}</w:hyperlink>'), "链接\n"),
        (
            para(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
                + run("3")
            ),
            "3\n",
        ),
        (
            para(f"<w:r><w:ruby><w:rt>{run('dū')}</w:rt><w:rubyBase>{run('督')}</w:rubyBase></w:ruby></w:r>"),
            "督\n",
        ),
        (
            para(run("甲") + "<w:r><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:sym w:char='2460'/></w:r>"),
            "甲\t乙-①\n",
        ),
        # signs of symbol fonts, formulas
        (para(SYMBOL.format("Wingdings", "F082") + SYMBOL.format("Wingdings 2", "52")), "②☑\n"),
        (para(SYMBOL.format("Symbol", "F0B3") + SYMBOL.format("某字体", "F0B3")), "≥\uf0b3\n"),
        (para(run("占") + MATH.format("<m:r><m:t>≥95%</m:t></m:r>") + run("。")), "占≥95%。\n"),
        (
            para(
                MATH.format(
                    "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
                )
            ),
            "1/2\n",
        ),
        (para("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/></w:r>"), "甲\n乙\n"),
        (para("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>" + run("显")), "显\n"),
        (para("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>不隐</w:t></w:r>"), "不隐\n"),
        (table(row("甲", "乙"), row("隐", "隐", mark="hidden")), "甲 | 乙 |\n"),
        # marks that no page shows; raised figures behind a figure
        (para("疏\u00ad浚\u200b河\u2060道\ufeff。"), "疏浚河道。\n"),
        (para(run("10") + RAISED.format("4") + run("亩m") + RAISED.format("2")), "10⁴亩m2\n"),
    ],
)
def test_reading_order(body: str, text: str) -> None:
    assert read_word(body).text == text


def test_notes_and_running_heads_stand_aside_but_a_number_in_the_head_does_not() -> None:
    body = para(run("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    source = read_word(
        body,
        header1=para("澜政发〔2024〕6号"),
        footer1=para("— 1 —"),
        footnotes=f'<w:footnote w:id="1">{para("没有引用")}</w:footnote><w:footnote w:id="2">{para("脚注")}</w:footnote>',
    )
    assert source.text == "澜政发〔2024〕6号\n正文\n脚注\n— 1 —\n"
    aside = "".join(source.text[p.start : p.end] for p in source.pieces if p.aside)
    assert aside == "脚注\n— 1 —\n"


def test_every_character_has_its_place() -> None:
    source = read_word(para("甲") + para(run("乙丙") + run("丁")) + table(row("戊", "己")))
    ends = [0, *(piece.end for piece in source.pieces)]
    assert [piece.start for piece in source.pieces] == ends[:-1]
    assert ends[-1] == len(source.text)
    at = source.text.index("丙")
    (first, second) = places_of(source.pieces, at, at + 2)
    assert (first.part, first.where, second.where) == ("word/document.xml", (1, 0), (1, 1))
    assert source.text[second.start : second.end] == "丁"
    assert places_of(source.pieces, source.text.index("己"), source.text.index("己") + 1)[0].where == (3, 0)


def test_strict_files_are_read_too() -> None:
    from duban.extract.readers import read
    from word_files import package, parts_of

    parts = {
        name: str(content).replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, content in parts_of(para("文")).items()
    }
    assert read(package(parts)).text == "文\n"


HIDING = (
    '<w:style w:type="paragraph" w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="z2"><w:basedOn w:val="z"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="n"><w:basedOn w:val="z"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
)


def test_text_that_a_style_hides_is_not_read() -> None:
    """As Word marks 窗体顶端 of a form that was pasted from a web page."""
    styled = '<w:r><w:rPr><w:rStyle w:val="c"/></w:rPr><w:t>隐</w:t></w:r>'
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
    body = (
        para("窗体顶端", style="z") + para("窗体底端", style="z2", list_=(1, 0)) + para("甲", style="n", list_=(1, 0))
        + para(run("乙") + styled) + para(run("隐") + shown, style="z") + para("丙", list_=(1, 0))
    )  # fmt: skip
    numbering = lists([level(0, "decimal", "%1、")])
    assert read_word(body, styles=HIDING, numbering=numbering).text == "1、甲\n乙\n显\n2、丙\n"


OBJECT = '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>'


def test_what_is_embedded_is_told() -> None:
    source = read_word(para(run("见表") + OBJECT) + "<w:altChunk/>")
    assert source.text == "见表\n[word/document.xml：有 2 个嵌入的对象或文档，其中的文字没有读出]\n"
    assert source.pieces[-1].aside
    with pytest.raises(EmptyError, match="嵌入"):
        read_word("<w:altChunk/>")


def test_a_file_without_text_is_empty() -> None:
    with pytest.raises(EmptyError):
        read_word(para())
