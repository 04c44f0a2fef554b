"""Saved web pages: encoding, lines as shown, tables with spans, the site's own blocks."""

from __future__ import annotations

import pytest
from duban.extract.readers import ReadOptions, read, reader_for
from duban.model.errors import DamagedError, EmptyError, EncodingError


def shown(body: str) -> str:
    """What a page with this body shows."""
    return read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode()).text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一、任务</p><p>1.治理。</p>", "一、任务\n1.治理。\n"),
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"),
        ("<p>　　首行缩进</p><p>&emsp;&emsp;全角</p>", "　　首行缩进\n\u2003\u2003全角\n"),
        ("<p>折\n  行 <b>粗</b><i> 斜</i></p>", "折 行 粗 斜\n"),
        ("<div>外<p>内</p>后</div>", "外\n内\n后\n"),
        ("<div><span>一</span><span>二</span></div>", "一二\n"),
        ("<pre>甲\n乙</pre>", "甲\n乙\n"),
        ("<p>甲</p><script>var x='乙'</script><style>p{}</style><!-- 丙 --><p>丁</p>", "甲\n丁\n"),
        ("<p>甲</p><p style='display: none'>隐</p>", "甲\n"),
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", "甲 | 乙 |\n丙 | 丁 |\n"),
        (
            "<table><tr><td colspan=2>一、水利</td></tr><tr><td>1</td><td>修渠</td></tr></table>",
            "一、水利 |  |\n1 | 修渠 |\n",
        ),
        (
            "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>乙</td><td>3</td></tr></table>",
            "甲 | 1 |\n | 2 |\n乙 | 3 |\n",
        ),
        (
            "<table><tr><td>1</td><td rowspan=2 colspan=2>甲</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>",
            "1 | 甲 |  | 2 |\n3 |  |  | 4 |\n",
        ),
        (
            "<table><tr><td><p>市水利局</p><p>市财政局</p></td><td>1</td></tr></table>",
            "市水利局 市财政局 | 1 |\n",
        ),
        # old pages put a form between a table and its rows; rows that are hidden are not shown
        ("<table><form><tr><td>甲<td>乙<tr><td>丙<td>丁</form></table>", "甲 | 乙 |\n丙 | 丁 |\n"),
        ("<table><tr><td>甲<td>乙<tr style='display:none'><td>丙<td>丁</table>", "甲 | 乙 |\n"),
        # marks that no page shows; raised figures behind a figure
        ("<p>疏&shy;浚&#8203;河&zwnj;道。</p>", "疏浚河道。\n"),
        ("<p>10<sup>4</sup>亩m<sup>2</sup></p>", "10⁴亩m2\n"),
        # captions, and words outside cells
        ("<table><caption>表</caption><tr><td>甲<td>乙</table>", "表\n甲 | 乙 |\n"),
        (
            "<table><tr><td>甲<td>乙</tr><p>注</p><tr><td>丙<td>丁</tr>尾</table>",
            "注\n尾\n甲 | 乙 |\n丙 | 丁 |\n",
        ),
        # numbered lists
        ("<ol><li>甲<li><p>乙</p><p>丙</p></ol>", "1. 甲\n2. 乙\n丙\n"),
        ("<ol start=3><li>甲<li value=9>乙<li>丙</ol>", "3. 甲\n9. 乙\n10. 丙\n"),
        ("<ol><li>甲<ol type=a><li>乙</ol><li>丙</ol>", "1. 甲\na. 乙\n2. 丙\n"),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲</ol>", "一、甲\n"),
        ("<ol style='list-style: none'><li>甲</ol><ul><li>乙</ul>", "甲\n乙\n"),
        ("<ol><li>（一）甲<li>2.乙</ol>", "（一）甲\n2.乙\n"),
        # tables that only lay out the page
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙\n"),
        (
            "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>丙</td></tr></table>",
            "甲 | 乙 |\n丙\n",
        ),
    ],
)
def test_lines_are_those_that_the_page_shows(body: str, text: str) -> None:
    assert shown(body) == text


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("<html><meta charset=gb2312><p>⑪督办㉑".encode("gb18030"), "gb18030"),
        (
            "<html><meta http-equiv=Content-Type content='text/html; charset=GBK'><p>督办的任务和责任单位".encode(
                "gbk"
            ),
            "gb18030",
        ),
        ("<html><p>督办的任务和责任单位有政府部门".encode("gb18030"), "gb18030"),
        ("\ufeff<html><meta charset=gb2312><p>督办".encode(), "utf-8"),
        ("\ufeff<html><p>督办".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_encoding_is_the_page_s(raw: bytes, encoding: str) -> None:
    source = read(raw)
    assert (source.format, source.encoding) == ("html", encoding)
    assert "督办" in source.text
    assert source.raw == raw


@pytest.mark.parametrize(("told", "real"), [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("big5", "utf-8")])
def test_bytes_go_before_a_meta_that_they_contradict(told: str, real: str) -> None:
    source = read(f"<html><meta charset={told}><p>督办的任务和责任单位".encode(real))
    assert (source.encoding, source.text) == (real, "督办的任务和责任单位\n")


def test_a_wrong_encoding_is_told_and_can_be_overruled() -> None:
    raw = "<html><meta charset=utf-8><p>督办的任务".encode("gb18030")
    with pytest.raises(EncodingError):
        read(raw, options=ReadOptions(encoding="utf-8"))
    with pytest.raises(EncodingError):
        read(raw + b"\xff")
    assert "督办" in read(raw, options=ReadOptions(encoding="gb18030")).text


@pytest.mark.parametrize(
    "site",
    [
        "<div class='main-nav'><a>首页</a></div>",
        "<nav>首页</nav>",
        "<div id='footer'>首页</div>",
        "<div role=navigation>首页</div>",
        "<ul><li><a>首页</a></li><li><a>公开</a></li><li><a>服务</a></li></ul>",
    ],
)
def test_blocks_of_the_site_stand_aside(site: str) -> None:
    source = read(f"<html><body>{site}<p>{'一、推进河道治理任务落实。' * 3}</p></body></html>".encode())
    (aside,) = (
        piece
        for piece in source.pieces
        if piece.aside and not piece.generated and "首页" in source.text[piece.start : piece.end]
    )
    assert aside.start > source.text.index("治理")


def test_a_block_with_most_of_the_text_is_never_the_site_s() -> None:
    source = read(f"<html><body><div class='header'><p>{'治理河道。' * 9}</p></div></body></html>".encode())
    assert not any(piece.aside for piece in source.pieces)


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="gb2312"?>',
        '<?xml version="1.0" encoding="utf-8">\n',
        '\ufeff\n<?xml version="1.0" encoding="utf-8"?>',
    ],
)
def test_an_xml_declaration_is_passed_over(head: str) -> None:
    assert read(f"{head}<!DOCTYPE html><html><body><p>督办</p></body></html>".encode()).text == "督办\n"


OWN = "关于印发治河方案的通知"
LONG = f"<p>{'一、推进河道治理任务落实。' * 9}</p>"


@pytest.mark.parametrize(
    "block",
    [
        f"<div class='article-header'><h1>{OWN}</h1></div>",
        f"<div class='header'><h1>{OWN}</h1></div>",
        "<div class='top'><p>澜政发〔2024〕6号</p></div>",
        "<div class='detail_bottom'><p>附件：1.任务表</p></div>",
        "<div id='print'><p>市政府同意。</p></div>",
        "<div class='page'><p>2024年2月20日</p></div>",
    ],
)
def test_the_notice_s_own_blocks_may_have_names_of_the_site_s(block: str) -> None:
    source = read(f"<html><body>{block}{LONG}</body></html>".encode())
    assert not any(piece.aside for piece in source.pieces)


@pytest.mark.parametrize(
    "block",
    [
        "<div class='header'>澜江市人民政府</div>",
        f"<div class='bottom'>上一篇：<a>{OWN}</a></div>",
        "<div class='page'><a>上一页</a>第2页</div>",
    ],
)
def test_what_the_site_says_in_such_blocks_stands_aside(block: str) -> None:
    source = read(f"<html><body>{block}{LONG}</body></html>".encode())
    assert source.pieces[-1].aside


def test_a_table_with_the_page_in_one_cell_is_no_table() -> None:
    cell = "".join(f"<p>{number}.治理河道。</p>" for number in range(1, 7))
    source = read(f"<html><body><table><tr><td>首页<td>{cell}</table></body></html>".encode())
    assert "\n2.治理河道。\n" in source.text
    headed = f"<table><tr><td>任务<td>责任单位<tr><td>{cell}<td>市水利局</table>"
    assert "2.治理河道。 3." in read(f"<html><body>{headed}</body></html>".encode()).text


@pytest.mark.parametrize(
    "start",
    [
        "<style>p{}</style><div>",
        "<font size=4>",
        "<center><b>",
        "<span style='x'>",
        "<!-- a --><h1>",
        "<ul><li>",
    ],
)
def test_a_part_of_a_page_is_a_page(start: str) -> None:
    raw = f"{start}任务</p><p>1.治理。</p>".encode()
    assert read(raw).text == "任务\n1.治理。\n"


MAIL = (
    "From: <Saved by a browser>\r\nSubject: =?utf-8?B?5Lu75Yqh?=\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="--B"\r\n\r\n'
)


@pytest.mark.parametrize("mail", [MAIL, MAIL.partition("\r\n")[2]])
def test_a_page_saved_as_one_file(mail: str) -> None:
    import quopri

    page = quopri.encodestring("<html><body><p>一、任务</p><p>1.治理。</p></body></html>".encode("gb18030"))
    frame = b"----B\r\nContent-Type: text/html\r\n\r\n<html><frameset><frame src=a></frameset></html>\r\n"
    head = b"----B\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    raw = mail.encode() + frame + head + page + b"\r\n----B--\r\n"
    source = read(raw, "a.mht")
    assert (source.format, source.encoding, source.raw) == ("html", "gb18030", raw)
    assert source.text == "一、任务\n1.治理。\n"
    with pytest.raises(DamagedError, match="没有网页"):
        read(mail.encode() + b"----B--\r\n")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<frameset><frame src=a.html></frameset>", "框架"),
        ("<body><iframe src=a.html></iframe></body>", "框架"),
        ("<body><img src=1.jpg></body>", "图片"),
        ("<body><script>load()</script></body>", "脚本"),
    ],
)
def test_a_page_without_text_tells_why(body: str, told: str) -> None:
    with pytest.raises(EmptyError) as caught:
        read(f"<html>{body}</html>".encode())
    assert told in str(caught.value)


@pytest.mark.parametrize("text", ["一、任务\n<p>不是网页</p>", "5<6，7>3\n", "<责任单位>市水利局\n"])
def test_plain_text_with_angle_brackets_is_text(text: str) -> None:
    assert reader_for(text.encode()) is None
