"""Counts of the 2018 notice, against figures counted by hand and by a script of another kind."""

from __future__ import annotations

import re
from functools import cache

from duban.app.corpus import directory
from duban.extract import parse_text
from duban.score.counts import UnitCount, shortfalls, task_bonuses, unit_counts
from duban.score.decimals import plain, printed
from packs import NOTICE, liaoning

TEXT = NOTICE.read_text(encoding="utf-8")


@cache
def counts() -> dict[str, UnitCount]:
    notice = parse_text(TEXT, NOTICE.name)
    units = [entry.text for entry in notice.roster]
    assert len(units) == 53
    return {count.unit: count for count in unit_counts(notice, units, directory())}


def test_figures() -> None:
    named = [count.named for count in counts().values()]
    assert sum(n >= 10 for n in named) == 12
    assert sum(count.named + count.grouped >= 10 for count in counts().values()) == 15
    assert named.count(0) == 10


def test_a_search_of_the_cells_counts_the_same() -> None:
    rows = re.findall(r"^\d+ \| .*? \| (.*?) \|$", TEXT, re.MULTILINE)
    assert len(rows) == 180
    for unit, count in counts().items():
        name = re.escape(re.sub(r"\(.*", "", unit))
        hits = [row for row in rows if re.search(rf"(?:^|[、,]){name}(?:[、,等]|$)", row)]
        assert count.named == len(hits), unit
        assert count.lead == sum(bool(re.match(rf"{name}(?:[、,等]|$)", row)) for row in hits), unit
        assert count.grouped == 3


def test_task_bonus() -> None:
    shares = {
        s.unit: s
        for s in task_bonuses(liaoning().under(liaoning().chosen()), "department", list(counts().values()))
    }
    shown = {u: (plain(shares[u].lead)[:6], plain(shares[u].responsible)[:6]) for u in shares}
    assert shown["省发展改革委"] == ("5", "3")
    assert shown["省工业和信息化委"] == ("2.1875", "2.625")
    assert shown["省科技厅"] == ("1.5625", "1.725")
    # 35 of at most 40 tasks: exactly 2.625, half up 2.63. Printed from a binary float it would be 2.62,
    # while 1.725, a little more than that in binary, would be 1.73 either way.
    held = counts()["省工业和信息化委"]
    assert (held.lead, held.responsible) == (21, 35)
    assert [printed(shares["省工业和信息化委"].lead), printed(shares["省工业和信息化委"].responsible)] == [
        "2.19",
        "2.63",
    ]
    assert f"{2.625:.2f}" == "2.62"
    assert printed(shares["省科技厅"].responsible) == "1.73"
    assert shares["省财政厅"].total == shares["省财政厅"].lead + shares["省财政厅"].responsible


def test_shortfalls_and_cities() -> None:
    short = {s.unit: s.short for s in shortfalls(list(counts().values()), liaoning().minimums[0])}
    assert len(short) == 53 - 15
    assert short["省审计厅"] == 7
    notice = parse_text(TEXT, NOTICE.name)
    dalian = unit_counts(notice, ["大连市"], directory())[0]
    rows = re.findall(r"^\d+ \| .*? \| (.*?) \|$", TEXT, re.MULTILINE)
    named = [row for row in rows if re.search(r"大连(?:、|市人民政府)", row)]
    assert (dalian.named, dalian.grouped) == (len(named), 109)
    every = unit_counts(notice, ["省科技厅"], directory(), lead="all")[0]
    assert (every.lead, every.responsible) == (38, 0)
