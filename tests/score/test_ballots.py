"""Ballots: what makes one void, what a sheet's cells tell, and what ballots become."""

from __future__ import annotations

import io
from decimal import Decimal
from itertools import combinations
from typing import Any

import openpyxl
import pytest
from duban.model.errors import BallotError, RulesError
from duban.score.ballot_files import read_ballots, read_superiors
from duban.score.ballot_statistics import kendall_tau, superior_effects, voter_figures, voter_spread
from duban.score.ballots import Ballot, BallotRules, Quota, ballot_faults, ballot_nodes, ballot_rules
from duban.score.decimals import plain, printed
from duban.score.pack import Clause, Conversion
from duban.score.pack_file import load_pack
from duban.score.recompute import faults
from hypothesis import given
from hypothesis import strategies as st
from packs import SMALL

D = Decimal
UNITS = ["甲", "乙", "丙"]
LINEAR = Conversion("linear", D(100), D(60), D("0.02"), (), "mean", Clause("", None, ""))
STEP = Conversion("step", D(100), D(60), D("0.02"), (), "mean", Clause("", None, ""))
BANDS = Conversion(
    "bands", D(100), D(60), D("0.02"), ((D("0.3"), D(100)), (D("0.7"), D(80))), "mean", Clause("", None, "")
)


def ballot(marks: str, kind: str = "ranks", voter: str = "领导一", recused: str = "") -> Ballot:
    """``"甲1 乙2"``."""
    told = {word[0]: D(word[1:]) for word in marks.split()}
    return Ballot("leaders", voter, kind, told, frozenset(recused))


@pytest.mark.parametrize(
    ("made", "rules", "words"),
    [
        (ballot("甲1 乙2 丙3"), BallotRules(), []),
        (ballot("甲1 乙2"), BallotRules(), ["漏评 丙"]),
        (ballot("甲1 乙2", recused="丙"), BallotRules(), []),
        (ballot("甲1 乙2 丙3", recused="丙"), BallotRules(), ["应回避丙"]),
        (ballot("甲1 乙2 丙2"), BallotRules(), ["名次 2 重复"]),
        (ballot("甲1 乙2 丙2"), BallotRules(ties=True), []),
        (ballot("甲1 乙1 丙2"), BallotRules(ties=True), ["应当是 3"]),
        (ballot("甲1 乙1 丙3"), BallotRules(ties=True), []),
        (ballot("甲1 乙2 丙4"), BallotRules(), ["1 到 3"]),
        (ballot("甲1 乙2 丙2.5"), BallotRules(), ["1 到 3"]),
        (ballot("甲1 乙1 丙1"), BallotRules(), ["全部相同"]),
        (ballot("甲90 乙90 丙90", "scores"), BallotRules(), ["全部相同"]),
        (ballot("甲90 乙80 丙101", "scores"), BallotRules(), ["不在"]),
        (
            ballot("甲95 乙92 丙80", "scores"),
            BallotRules(quotas=(Quota(D(90), None, most=D(1)),)),
            ["至多 1 个"],
        ),
        (
            ballot("甲95 乙92 丙80", "scores"),
            BallotRules(quotas=(Quota(None, D(70), least=D(1)),)),
            ["至少 1 个"],
        ),
        (
            ballot("甲95 乙92 丙80", "scores"),
            BallotRules(quotas=(Quota(D(90), D(100), most=D("0.6"), share=True),)),
            ["90 分以上、100 分以下的至多 60%"],
        ),
        (
            ballot("甲95 乙92 丙80", "scores"),
            BallotRules(quotas=(Quota(D(90), None, least=D("0.5"), most=D("0.7"), share=True),)),
            [],
        ),
        (ballot("甲1 乙2 丙3"), BallotRules(quotas=(Quota(D(90), None, least=D(1)),)), []),
        (ballot("甲120 乙110 丙90", "scores"), BallotRules(scale=D(120)), []),
        (ballot("甲1 乙2 丙3 丁4"), BallotRules(), ["没有考评对象"]),
    ],
)
def test_validity(made: Ballot, rules: BallotRules, words: list[str]) -> None:
    found = ballot_faults(made, UNITS, rules)
    assert len(found) == len(words)
    for fault, word in zip(found, words, strict=True):
        assert word in fault


def test_scores_from_ballots() -> None:
    two = [ballot("甲1 乙2 丙3"), ballot("甲90 乙90 丙70", "scores", "领导二")]
    nodes = ballot_nodes("领导评价", two, UNITS, LINEAR)
    assert {unit: plain(node.value) for unit, node in nodes.items()} == {"甲": "95", "乙": "85", "丙": "60"}
    assert printed(ballot_nodes("领导评价", two, UNITS, STEP)["丙"].value) == "96.00"
    assert printed(ballot_nodes("领导评价", two[:1], UNITS, BANDS)["丙"].value) == "80.00"
    for conversion in (LINEAR, STEP, BANDS):
        for node in ballot_nodes("领导评价", two, UNITS, conversion).values():
            assert faults(node) == []
    alone = ballot_nodes("x", [ballot("甲1", recused="乙丙")], UNITS, LINEAR)
    assert {unit: node.value for unit, node in alone.items()} == {"甲": 100}
    assert faults(alone["甲"]) == []


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_becomes_ballots_and_faults_name_cells() -> None:
    raw = workbook(
        ("考评对象", "领导一", "领导二", "领导三", "领导四", "领导五"),
        ("甲", 1, "一", None, 1, "回避"),
        ("乙", 2, 2, None, 1, 1),
        ("丙", 3, 3, None, None, 2),
    )
    ballots, told = read_ballots(raw, "票.xlsx", "leaders")
    assert [b.voter for b in ballots] == ["领导一", "领导五"]
    assert ballots[0].place("乙") == "票.xlsx!B3"
    assert ballots[1].recused == {"甲"}
    assert [fault.partition(":")[0] for fault in told] == ["票.xlsx!C2", "票.xlsx!D1", "票.xlsx!E4"]
    marks, told = read_ballots(workbook(("得分", "领导一"), ("甲", 91.1), ("乙", 88)), "票.xlsx", "leaders")
    assert told == []
    assert marks[0].kind == "scores"
    assert marks[0].marks["甲"] == D("91.1")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK\x03\x04",
        b"name,1\n",
        workbook(),
        workbook(("考评对象",), ("甲",)),
        workbook((None, "领导一")),
    ],
)
def test_what_is_no_ballot_sheet(raw: bytes) -> None:
    with pytest.raises(BallotError, match=r"票\.xlsx"):
        read_ballots(raw, "票.xlsx", "leaders")


def test_names_that_stand_twice() -> None:
    _, told = read_ballots(workbook(("", "一", "一"), ("甲", 1, 1), ("甲", 2, 2)), "票.xlsx", "leaders")
    assert [fault.partition(":")[0] for fault in told] == [
        "票.xlsx!B1",
        "票.xlsx!C1",
        "票.xlsx!A2",
        "票.xlsx!A3",
    ]


def test_kendall() -> None:
    row = [D(n) for n in (1, 2, 3, 4)]
    assert kendall_tau(row, row) == 1
    assert kendall_tau(row, row[::-1]) == -1
    assert kendall_tau(row, [D(1)] * 4) is None
    assert printed(kendall_tau(row, [D(n) for n in (1, 3, 2, 4)]) or D(0)) == "0.67"


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=12))
def test_kendall_against_its_definition(pairs: list[tuple[int, int]]) -> None:
    left, right = ([D(pair[side]) for pair in pairs] for side in (0, 1))
    found = kendall_tau(left, right)
    signs = [((a > b) - (a < b), (x > y) - (x < y)) for (a, x), (b, y) in combinations(pairs, 2)]
    n_left, n_right = sum(s != 0 for s, _ in signs), sum(s != 0 for _, s in signs)
    if n_left == 0 or n_right == 0:
        assert found is None
        return
    assert found is not None
    assert abs(float(found) - sum(s * t for s, t in signs) / (n_left * n_right) ** 0.5) < 1e-12


def test_the_superior_s_ballot() -> None:
    ballots = [ballot("甲1 乙2 丙3", voter="分管甲"), ballot("甲3 乙2 丙1", voter="其他")]
    effects = superior_effects(ballots, {"甲": "分管甲", "乙": "不在场"}, LINEAR)
    assert [(e.unit, plain(e.score), plain(e.without), plain(e.change)) for e in effects] == [
        ("甲", "80", "60", "20")
    ]
    assert [(e.rank, e.rank_without) for e in effects] == [(1, 3)]
    assert voter_spread(ballots)["其他"] == (1, 3)


def test_how_evaluators_stand_to_each_other_and_to_indicators() -> None:
    ballots = [ballot("甲1 乙2 丙3", voter="一"), ballot("甲90 乙80 丙70", "scores", "二"),
               ballot("甲3 乙2 丙1", voter="三")]  # fmt: skip
    scores = {"甲": D(95), "乙": D(90), "丙": D(85)}
    found = voter_figures(ballots, LINEAR, scores)
    assert [(v.voter, v.judged, v.with_all, v.with_scores) for v in found] == [
        ("一", 3, 1, 1), ("二", 3, 1, 1), ("三", 3, -1, -1),
    ]  # fmt: skip
    assert [v.with_scores for v in voter_figures(ballots, LINEAR, {})] == [None] * 3
    assert (found[1].lowest, found[1].highest) == (70, 90)


def test_superiors_stand_on_a_sheet_of_their_own() -> None:
    book = openpyxl.Workbook()
    book.active.append(("考评对象", "领导一"))
    assert read_superiors(_saved(book), "票.xlsx") == {}
    sheet = book.create_sheet("分管领导")
    for row in (("单位", "分管领导"), ("甲", "领导一"), ("乙", None), ("丙", "领导二")):
        sheet.append(row)
    assert read_superiors(_saved(book), "票.xlsx") == {"甲": "领导一", "丙": "领导二"}
    sheet.append(("甲", "领导二"))
    raw = _saved(book)
    with pytest.raises(BallotError, match="两位"):
        read_superiors(raw, "票.xlsx")


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BALLOT = '[[ballot]]\npart = "vote"\nties = true\nscale = "120"\n'
QUOTA = (
    '[[ballot_quota]]\nlow = "90"\nmost = "30%"\n[[ballot_quota]]\npart = "vote"\nhigh = "70"\nleast = "2"\n'
)


def test_the_pack_says_what_a_valid_ballot_is() -> None:
    rules = ballot_rules(load_pack(SMALL + BALLOT + QUOTA, "t.toml"), "vote")
    assert (rules.ties, rules.scale) == (True, 120)
    assert [quota.words() for quota in rules.quotas] == ["90 分以上的至多 30%", "70 分以下的至少 2 个"]
    assert ballot_rules(load_pack(SMALL, "t.toml"), "vote") == BallotRules()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (BALLOT + BALLOT, "两次"),
        (BALLOT.replace("vote", "work"), "不以评价票计分"),
        (BALLOT.replace("120", "0"), "scale"),
        ('[[ballot_quota]]\nlow = "90"\n', "least 和 most"),
        ('[[ballot_quota]]\nmost = "3"\n', "low 和 high"),
        ('[[ballot_quota]]\nlow = "90"\nhigh = "80"\nmost = "3"\n', "小于 high"),
        ('[[ballot_quota]]\nlow = "90"\nmost = "2.5"\n', "整数"),
        ('[[ballot_quota]]\nlow = "90"\nmost = "130%"\n', "100%"),
        ('[[ballot_quota]]\nlow = "90"\nleast = "1"\nmost = "30%"\n', "比例"),
        ('[[ballot_quota]]\nlow = "90"\nleast = "4"\nmost = "3"\n', "least 大于"),
        ('[[ballot_quota]]\npart = "work"\nlow = "90"\nmost = "3"\n', "不以评价票计分"),
    ],
)
def test_ballot_rules_that_cannot_be(rows: str, words: str) -> None:
    with pytest.raises(RulesError) as told:
        load_pack(SMALL + rows, "t.toml")
    assert words in str(told.value) + told.value.remedy
