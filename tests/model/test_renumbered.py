"""Which places of a notice are another matter in its new version: one case one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from duban.model.progress.renumbered import entries_at, moved_places
from duban.model.registry import open_registry, reading
from notice_builder import build, raw_of

TASKS = """
1.减税降费一百亿元。(责任:省财政厅)
措施 ①宣传减税政策。
措施 ②核对减税台账。
2.春耕生产按期播种。(责任:省农业厅)
3.修建农村公路。(责任:省交通厅)
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("一百亿元", "一百二十亿元", ""),
        ("2.春耕生产按期播种。", "2.春耕生产按时播种，不误农时。", ""),
        ("3.修", "3.抗旱。(责任:省水利厅)\n4.修", "3>4"),
        ("2.春耕生产按期播种。", "2.整治黑臭水体。", "2>-"),
        ("3.修建农村公路。(责任:省交通厅)\n", "", "3>-"),
        ("①宣传减税政策。", "①整治黑臭水体。", "1 measure:1>-"),
        ("措施 ①宣传减税政策。\n", "", "1 measure:1>- 1 measure:2>1 measure:1"),
        ("措施 ①", "措施 ⓪先行调研。\n措施 ①", "1 measure:1>1 measure:2 1 measure:2>1 measure:3"),
    ],
)  # fmt: skip
def test_what_moved(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TASKS
    with open_registry(tmp_path / "r.db") as registry:
        for layout in (TASKS, TASKS.replace(old, new)):
            notice = build(layout, document_number="辽政发〔2021〕6号")
            registry.ingest(notice, raw_of(notice))
    with reading(tmp_path / "r.db") as reader:
        found = moved_places(reader, 1)
    shown = [
        " ".join(filter(None, one.place)) + ">" + " ".join(filter(None, one.now or ("-",))) for one in found
    ]
    assert " ".join(sorted(shown)) == told
    with reading(tmp_path / "r.db") as reader:
        assert moved_places(reader, 1, since=raw_of_current(reader)) == []
        assert moved_places(reader, 7) == []


def raw_of_current(reader: object) -> str:
    rows = reader.rows("SELECT sha256 FROM notice_version WHERE is_current")  # type: ignore[attr-defined]
    return str(rows[0][0])


def test_both_databases_tell_it(registry_target: str) -> None:
    with open_registry(registry_target) as registry:
        for layout in (TASKS, TASKS.replace("3.修", "3.抗旱。(责任:省水利厅)\n4.修")):
            notice = build(layout, document_number="辽政发〔2021〕6号")
            registry.ingest(notice, raw_of(notice))
    with reading(registry_target) as reader:
        assert [(one.place, one.now) for one in moved_places(reader, 1)] == [(("3", ""), ("4", ""))]
        assert not entries_at(reader, 1)
    with open_registry(registry_target) as registry:
        registry.ingest(
            first := build(TASKS, document_number="辽政发〔2021〕6号"), raw_of(first), supersedes="1"
        )
    with reading(registry_target) as reader:
        assert [(one.place, one.now) for one in moved_places(reader, 1)] == [
            (("3", ""), None), (("4", ""), ("3", "")),
        ]  # fmt: skip
