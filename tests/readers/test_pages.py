"""Saved web pages: encoding, lines as shown, tables with spans, the site's own blocks."""

from __future__ import annotations

import pytest
from duban.extract.readers import ReadOptions, read, reader_for
from duban.model.errors import EncodingError


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


def test_a_wrong_encoding_is_told_and_can_be_overruled() -> None:
    raw = "<html><meta charset=utf-8><p>督办的任务".encode("gb18030")
    with pytest.raises(EncodingError):
        read(raw)
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


@pytest.mark.parametrize("text", ["一、任务\n<p>不是网页</p>", "5<6，7>3\n", "<责任单位>市水利局\n"])
def test_plain_text_with_angle_brackets_is_text(text: str) -> None:
    assert reader_for(text.encode()) is None
