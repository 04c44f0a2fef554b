"""`duban rules`: drafts that load, and checks that tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from duban.extract import parse_text
from duban.model.errors import RulesError
from duban.score.draft import draft_pack
from duban.score.inputs import load_inputs
from duban.score.pack_file import load_pack
from duban.score.scoring import Scoring
from packs import NOTICE, PACK, SMALL


def test_a_draft_of_the_2018_notice_loads_and_marks_its_gaps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.toml"
    ran = run(monkeypatch, "rules", "draft", NOTICE, "-o", draft)
    assert ran.status == 1
    assert "7 处" in ran.err
    pack = load_pack(draft.read_text(encoding="utf-8"), "draft.toml")
    assert len(pack.items) == 23
    assert [track.key for track in pack.tracks] == ["city", "department"]
    assert [str(p.weight) for p in pack.children("city", "total")] == ["0.70", "0.30"]
    assert any("conversion" in gap for gap in pack.gaps)
    checked = run(monkeypatch, "rules", "check", draft, "--notice", NOTICE)
    assert checked.status == 1
    assert "引文" not in checked.err
    assert "空缺" in checked.err


def test_the_travelling_pack_is_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran = run(monkeypatch, "rules", "check", "liaoning-2018")
    assert (ran.status, ran.err) == (0, "")
    moved = tmp_path / "moved.toml"
    moved.write_text(
        PACK.read_text(encoding="utf-8").replace("span = [1014,", "span = [1013,"), encoding="utf-8"
    )
    shifted = tmp_path / "notice.txt"
    shifted.write_text("前言\n" + NOTICE.read_text(encoding="utf-8"), encoding="utf-8")
    ran = run(monkeypatch, "rules", "check", "liaoning-2018", "--notice", shifted)
    assert ran.status == 1
    assert "引文不在" in ran.err
    assert "sha256" in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "没有规则。",
        "综合得分=甲×50%+1乙×30%。扣完为止。",
        '发生"事故\\的每次扣1分。',
        "分别加5分、3分。得分。",
    ],
)
def test_any_notice_gives_a_draft(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    file = tmp_path / "n.txt"
    file.write_text(text, encoding="utf-8")
    assert draft_pack(parse_text(text)).startswith("# ")
    ran = run(monkeypatch, "rules", "draft", file)
    assert ran.status == 1
    assert "[pack]" in ran.out


TABLE = """考核细则
2024年3月1日
项目 | 分值 | 评分标准 |
组织领导 | 8 | 1.设立专班（3分）；2.每季度研究一次（4分，少一次扣1分，扣完为止） |
管网改造 | 10 | 按完成比例得分（10分） |
宣传 | 5 | 有宣传栏（5分，没有的不得分） |
总分 | 30 |
奖励：获省、市表彰的分别加2分、1分。90分及以上的为A级，89分-80分之间的为B级，80分以下的为C级。
"""


def test_a_table_becomes_indicators_and_its_sums_are_checked() -> None:
    pack = load_pack(draft_pack(parse_text(TABLE, "table.txt")), "draft.toml")
    assert [(i.name, str(i.full), i.method, i.criteria) for i in pack.indicators] == [
        ("设立专班", "3", "", ()),
        ("每季度研究一次", "4", "直接扣分法", ("少一次扣1分", "扣完为止")),
        ("按完成比例得分", "10", "完成比例法", ("按完成比例得分",)),
        ("有宣传栏", "5", "0-1法", ("不得分",)),
    ]
    assert [(item.code, item.variant, str(item.each)) for item in pack.items] == [
        ("B1", "省", "2"),
        ("B1", "市", "1"),
    ]
    assert [(band.name, str(band.least)) for band in pack.bands] == [
        ("A级", "90"),
        ("B级", "80"),
        ("C级", "0"),
    ]
    sums = [gap for gap in pack.gaps if "合计" in gap]
    assert sums == [
        "“总分”30分，其下各项合计23分，请核对原文",
        "“组织领导”8分，其下各项合计7分，请核对原文",
    ]


def test_results_take_marks_and_method_from_the_indicators_of_the_pack() -> None:
    rows = '[[indicator]]\ntrack = "unit"\nname = "研究"\nfull = "4"\nmethod = "直接扣分法"\n'
    pack = load_pack(SMALL + rows, "small.toml")
    told = {"task": "研究", "unit": "甲", "deductions": [{"amount": "1", "reason": "少一次"}]}
    units = {"甲": {"vote": "90"}}
    inputs = load_inputs(json.dumps({"track": "unit", "units": units, "results": [told]}), "i.json", pack)[0]
    assert (inputs.results[0].method, str(inputs.results[0].full)) == ("直接扣分法", "4")
    assert str(Scoring(pack, inputs).scores().units[0].score) == "78.00"  # 80×3/4 + 20×90


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('track = "unit"\nname = "研究"\nfull = "0"', "满分"),
        ('track = "unit"\nname = "研究"\nfull = "4"\nmethod = "估计法"', "估计法"),
        ('track = "city"\nname = "研究"\nfull = "4"', "没有这个 track"),
    ],
)
def test_indicators_that_cannot_be(row: str, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        load_pack(f"{SMALL}[[indicator]]\n{row}\n", "small.toml")


def test_an_indicator_stands_once() -> None:
    row = '[[indicator]]\ntrack = "unit"\nname = "研究"\nfull = "4"\n'
    with pytest.raises(RulesError, match="两次"):
        load_pack(SMALL + row + row, "small.toml")
