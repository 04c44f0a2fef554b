"""The whole 责任清单 is read again by our own reader: 1,000 tasks come back with every field equal."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from duban.app.main import main
from duban.app.reports.task_rows import task_rows
from duban.model.folding import fold
from duban.model.registry import notices, record_of, text_of
from duban.output.official.compose import compose
from duban.output.official.document import Head, Signature
from duban.output.official.proof import prove
from duban.output.official.settings import read_settings
from duban.output.official.tasks import Frame, duty_list
from generated_notice import notice_text

OFFICE = "辽宁省人民政府办公厅"
FRONT = f"{OFFICE}关于印发2021年重点工作任务落实措施的通知\n辽政办发〔2021〕5号\n"
LIAONING = Path(__file__).resolve().parents[2] / "corpus" / "liaoning"


def ingested(file: Path) -> str:
    """A registry that holds this one notice."""
    registry = str(file.with_suffix(f"{file.suffix}.db"))
    assert main(["ingest", "-q", str(file), "--registry", registry]) in {0, 1}
    return registry


def as_written(text: str) -> str:
    return text


def fields(registry: str, same: Callable[[str], str] = as_written) -> Iterator[dict[str, Any]]:
    """What is compared of each task, by name; ``same`` is applied to words."""
    record, text = record_of(registry, 1), text_of(registry, 1)

    def words(span: list[int]) -> str:
        return same("".join(text[span[0] : span[1]].split()))

    def parties(holder: dict[str, Any]) -> set[tuple[Any, ...]]:
        return {(p["role"], same(p["text"]), p["kind"], p["unit"]) for p in holder["parties"]}

    def deadlines(holder: dict[str, Any]) -> set[tuple[Any, ...]]:
        return {(d["text"], d["start"], d["due"], d["recurrence"]) for d in holder["deadlines"]}

    def items(task: dict[str, Any], kind: str) -> list[tuple[Any, ...]]:
        return [
            (one["marker"], words(one["text_span"]), parties(one), deadlines(one), len(one["assignments"]))
            for one in task[kind]
        ]

    for task in record["tasks"]:
        yield {
            "part": task["path"][:-1],
            "number": task["number"],
            "statement": words(task["text_span"]),
            "parties": parties(task),
            "targets": items(task, "targets"),
            "measures": items(task, "measures"),
            "deadlines": deadlines(task),
        }


def listed(registry: str, file: Path) -> str:
    """The registry that a list made from ``registry`` is read into."""
    (notice,) = notices(registry)
    year = notice.year or 0
    # What a name means goes by the year: departments are merged and renamed.
    frame = Frame(
        Head((OFFICE,), f"辽政办发〔{year}〕60号"), signature=Signature(OFFICE, datetime.date(year, 3, 20))
    )
    document = duty_list(task_rows(registry, notice), source=notice.title or "", year=year, frame=frame)
    made = compose(document, read_settings())
    prove(made, document)
    file.write_bytes(made)
    return ingested(file)


@pytest.mark.slow
def test_1000_tasks_come_back_with_every_field_equal(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(FRONT + notice_text(1000, seed=7), "utf-8")
    first = ingested(tmp_path / "notice.txt")
    second = listed(first, tmp_path / "清单.docx")
    before, after = list(fields(first)), list(fields(second))
    assert len(before) == 1000
    # The generated notice really holds what is compared.
    assert {role for task in before for role, *_ in task["parties"]} == {"lead", "responsible", "cooperating"}
    assert sum(len(task["measures"]) for task in before) > 3000
    assert any(unit for task in before for *_, unit in task["parties"])
    assert sum(bool(task["deadlines"]) for task in before) > 300
    for one, other in zip(before, after, strict=True):
        assert other == one


@pytest.mark.slow
@pytest.mark.parametrize("name", ["liaoning-2018-assessment", "liaoning-2021-measures"])
def test_the_real_notices_come_back_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "notice.txt").write_bytes((LIAONING / f"{name}.txt").read_bytes())
    first = ingested(tmp_path / "notice.txt")
    second = listed(first, tmp_path / "清单.docx")
    # These files have half-width marks, which an official document prints full width.
    before, after = list(fields(first, fold)), list(fields(second, fold))
    assert len(after) == len(before)
    for one, other in zip(before, after, strict=True):
        assert other == one
