"""Gold: what a person found in a notice, in the forms that the project keeps, with its places."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..extract import read_text
from ..model import Source, Span
from ..model.errors import GoldError
from ..model.reasons import system_reason

_NUMBER = re.compile(r"\d+[.、．]")
#: A quantity as far as gold tells it: comparator, value, unit, metric (None where gold has none).
GoldQuantity = tuple[str, str, str, str | None]


@dataclass(frozen=True, slots=True)
class GoldClause:
    """A responsibility clause: its place, its parties as ``(text, role)``, and whether a section owns it."""

    span: Span
    parties: tuple[tuple[str, str], ...]
    of_section: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """What a person found in one notice. A part that is None was not looked at."""

    name: str
    source: Source
    layout: str
    clauses: tuple[GoldClause, ...] | None = None
    #: Where the statements of the tasks begin.
    tasks: tuple[int, ...] | None = None
    #: Place and last day (ISO, None where there is none).
    deadlines: tuple[tuple[Span, str | None], ...] | None = None
    #: For each stretch that was looked through: its place, and its quantities.
    quantities: tuple[tuple[Span, tuple[GoldQuantity, ...]], ...] | None = None
    #: For each measure: its place, and its months (2021-06, 2021-07/2021-08, 5月起每月).
    months: tuple[tuple[Span, tuple[str, ...]], ...] | None = None


def load_gold(path: Path, notices: Path | None = None) -> Gold:
    """One gold file with its notice, looked for in ``notices`` or near the gold file.

    Raises GoldError where the file is no gold or does not fit its notice; InputError where the notice
    cannot be read.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(
            f"读不了（{system_reason(error)}）", place=str(path), remedy="请检查文件名"
        ) from error
    except ValueError as error:
        raise GoldError("不是 JSON 文件", place=str(path), remedy="请检查文件") from error
    if not isinstance(record, dict) or not isinstance(record.get("file"), str):
        raise GoldError(
            "没有 file 一项，不知道标注的是哪份通知", place=str(path), remedy="请写明通知的文件名"
        )
    file = _notice_of(path, record["file"], notices)
    source = read_text(file.read_bytes(), file.name)
    try:
        gold = _read(path.stem, record, source)
    except (KeyError, TypeError) as error:
        raise GoldError(
            f"标注的格式不对：{error}", place=str(path), remedy="格式见 docs/language.md"
        ) from error
    except ValueError as error:
        raise GoldError(str(error), place=str(path), remedy="请核对标注与通知原文") from error
    if all(part is None for part in (gold.clauses, gold.tasks, gold.deadlines, gold.quantities, gold.months)):
        raise GoldError("没有可以比对的标注", place=str(path), remedy="格式见 docs/language.md")
    return gold


def _notice_of(path: Path, name: str, notices: Path | None) -> Path:
    if notices is not None and notices.is_file():
        return notices
    if notices is not None:
        places = [notices]
    else:
        near = path.resolve().parent
        places = [near, near.parent, *sorted(p for p in near.parent.iterdir() if p.is_dir())]
    wanted = Path(name).name
    for place in places:
        for candidate in (place / wanted, place / f"{path.stem}.txt"):
            if candidate.is_file():
                return candidate
    raise GoldError(f"找不到通知 {wanted}", place=str(path), remedy="请用 --notices 指明通知所在的文件夹")


def _read(name: str, record: dict[str, Any], source: Source) -> Gold:
    text = source.text
    if isinstance(record.get("quantities"), list):  # rows of a table, hand-read
        return Gold(name, source, record.get("layout", "表格"), quantities=_rows(text, record["quantities"]))
    if "offsets" in record:  # places are given
        return _with_places(name, record, source)
    places = {
        key: _in_order(text, [row[field] for row in record[key]], key, whole=whole)
        for key, field, whole in (
            ("clauses", "text", True),
            ("tasks", "head", False),
            ("deadlines", "text", True),
        )
        if key in record
    }
    if "clauses" not in places:
        return Gold(name, source, "")
    clauses = tuple(
        GoldClause(span, _parties(row), len(row.get("path") or ()) == 1)
        for row, span in zip(record["clauses"], places["clauses"], strict=True)
    )
    return Gold(
        name,
        source,
        record.get("layout") or _layout(text, clauses),
        clauses,
        tuple(span.start for span in places["tasks"]),
        tuple((span, row["due"]) for row, span in zip(record["deadlines"], places["deadlines"], strict=True)),
    )


def _parties(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((unit["text"], unit["role"]) for unit in row["units"])


def _in_order(text: str, wanted: list[str], key: str, *, whole: bool) -> list[Span]:
    """Places of strings that stand in reading order; those of tasks may begin inside one another."""
    spans, position = [], 0
    for words in wanted:
        start = text.find(words, position)
        if start < 0:
            raise ValueError(f"{key} 在第 {position} 字之后找不到“{words[:30]}”")
        spans.append(Span(start, start + len(words)))
        position = start + (len(words) if whole else 1)
    return spans


def _layout(text: str, clauses: tuple[GoldClause, ...]) -> str:
    """The layout that most clauses have: in brackets, as key lines, or as cells of a table."""
    kinds = {"括号": 0, "分行": 0, "表格": 0}
    for clause in clauses:
        words = clause.span.of(text).lstrip()
        if words[:1] in "(（〔[【〈<［":
            kinds["括号"] += 1
        elif ":" in words[:14] or "：" in words[:14] or "\n" in words:
            kinds["分行"] += 1
        else:
            kinds["表格"] += 1
    return max(kinds, key=lambda kind: kinds[kind])


def _with_places(name: str, record: dict[str, Any], source: Source) -> Gold:
    """The record of a notice with targets and measures: quantities and months, every place given."""
    targets = [item for task in record["tasks"] for item in task["targets"]]
    measures = [item for task in record["tasks"] for item in task["measures"]]
    return Gold(
        name,
        source,
        "目标与措施",
        tasks=tuple(_behind_marker(source.text, task["span"][0]) for task in record["tasks"]),
        quantities=tuple(
            (Span(*item["span"]), tuple(map(_quantity, item["quantities"]))) for item in targets
        ),
        months=tuple((Span(*item["span"]), tuple(item["months"])) for item in measures),
    )


def _behind_marker(text: str, start: int) -> int:
    """Places of this form hold the task's number: 51.促进…"""
    marker = _NUMBER.match(text, start)
    return start if marker is None else marker.end()


def _quantity(row: dict[str, Any]) -> GoldQuantity:
    comparator = "range" if "low" in row else row["comparator"]
    return comparator, row.get("low", row["value"]), row["unit"], row.get("metric")


def _rows(text: str, rows: list[dict[str, Any]]) -> tuple[tuple[Span, tuple[GoldQuantity, ...]], ...]:
    """Rows of statements in reading order: its words (and place ``at``, where they stand twice)."""
    spans: list[Span] = []
    position = 0
    for row in rows:
        start = row["at"] if "at" in row else text.find(row["text"], position)
        if start < 0 or not text.startswith(row["text"], start):
            raise ValueError(f"quantities 在第 {position} 字之后找不到“{row['text'][:30]}”")
        position = start + len(row["text"])
        spans.append(Span(start, position))
    return tuple((span, tuple(map(_quantity, row["found"]))) for row, span in zip(rows, spans, strict=True))
