"""Broken packs are told with file and key."""

from __future__ import annotations

import pytest
from duban.model.errors import RulesError
from duban.score.pack_file import load_pack
from packs import SMALL, scoring


def test_the_small_pack_loads() -> None:
    assert load_pack(SMALL, "t.toml").chosen() == {}


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('"20%"', '"30%"', "part unit.total", "权重之和"),
        ('weight = "20%"', "", "part unit.vote.weight", "缺少权重"),
        ('weight = "20%"', 'weight = "viele"', "weight", "不是数"),
        ('weight = "20%"', 'weight = "-20%"', "weight", "不能小于"),
        ('cap = "2"\n', "", "（unit J1）".replace("unit ", "") + ".cap", "缺少上限"),
        ('kind = "bonus"\ncap = "3"', 'kind = "deduction"\ncap = "3"', "limit bonus", "总上限"),
        ('name = "单位"', 'name = "单位"\nmethods = ["抓阄法"]', "methods", "没有计分方法"),
        ('tracks = ["unit"]', 'tracks = ["city"]', "item J1.tracks", "没有 city"),
        ('form = "linear"', 'form = "wild"', "form", "wild"),
        ('form = "linear"', 'form = "bands"', "bands", "缺少 bands"),
        ('parent = "total"\nweight = "20%"', 'parent = "work2"\nweight = "20%"', "total", "权重之和"),
        ('name = "评议"', 'name = "评议×2"', "name", "名称"),
        ('name = "评议"', 'name = "评议"\nwhen = "a=b"', "when", "读法"),
        ('name = "评议"', 'name = "评议"\nnmae = "x"', "nmae", "不认识"),
        ('name = "评议"', 'name = "评议"\nquote = "四字"\nspan = [3, 9]', "span", "长度"),
        ("year = 2024", "", "year", "缺少 year"),
        ("[[track]]", "[track]", "t.toml", "track"),
        ('id = "T"', 'id = "T', "t.toml", "TOML"),
        ('key = "vote"', 'key = "work"', "part unit", "有两项"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, place: str, words: str) -> None:
    assert old in SMALL
    with pytest.raises(RulesError) as told:
        load_pack(SMALL.replace(old, new), "t.toml")
    message = str(told.value)
    assert "t.toml" in message
    assert place in message
    assert words in message
    assert "处理办法" in message


def test_a_pack_with_gaps_scores_nothing() -> None:
    pack = load_pack(SMALL + '[[gap]]\nwords = "没有读到名次换算"\n', "t.toml")
    with pytest.raises(RulesError, match="没有读到名次换算"):
        scoring("unit", {"甲": {"work": "1", "vote": "2"}}, pack)
