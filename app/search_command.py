"""`duban search`: finds tasks and says why each was found."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..model.errors import UsageError
from ..model.registry import Query, default_registry_path, suggest
from ..model.registry import search as search_registry
from .console import output_to, say
from .corpus import directory

if TYPE_CHECKING:
    from ..model.registry import Hit

_ROLE_WORDS = {"lead": "牵头", "cooperating": "配合", "responsible": "责任"}
_MOST_PARTIES = 6


def search(options: argparse.Namespace) -> int:
    """Print the tasks that meet every condition; suggestions when there are none."""
    query = Query(
        words=tuple(options.words),
        unit=options.unit,
        exact=options.exact,
        role=options.role,
        year=options.year,
        notice=options.notice,
        due_before=options.due_before,
        limit=options.limit,
    )
    if not (query.keys or query.unit or query.role or query.year or query.notice or query.due_before):
        raise UsageError("没有写要找什么", remedy="请写词，或用 --unit、--year、--notice、--due-before")
    target = options.registry or str(default_registry_path())
    hits = search_registry(target, query, directory())
    with output_to(options.output) as stream:
        stream.write(_printed(hits, options).encode("utf-8", "replace"))
    if options.format == "table":
        say(f"共 {len(hits)} 项")
    if not hits:
        found = suggest(target, query, directory())
        if found:
            say("没有找到。是否想找：" + "、".join(f"{s.text}（{s.tasks} 项）" for s in found))
    return 0


def _printed(hits: tuple[Hit, ...], options: argparse.Namespace) -> str:
    if options.format == "json":
        import json

        return json.dumps([hit.to_dict() for hit in hits], ensure_ascii=False) + "\n"
    if options.format == "csv":
        from .text_table import csv_text

        mark = "\ufeff" if options.output not in (None, "-") else ""  # Excel takes CSV for GBK without it
        head = ["通知", "年度", "编号", "路径", "任务", "责任单位", "命中"]
        rows = [
            [
                hit.notice,
                str(hit.year or ""),
                str(hit.number or ""),
                "".join(hit.path),
                hit.text,
                _parties(hit, None),
                _why(hit),
            ]
            for hit in hits
        ]
        return mark + csv_text(head, rows)
    return "".join(_block(hit, colour=options.output is None and sys.stdout.isatty()) for hit in hits)


def _block(hit: Hit, *, colour: bool) -> str:
    before, after = ("\x1b[1;31m", "\x1b[0m") if colour else ("【", "】")
    statement = hit.highlighted(before, after) if hit.spans else hit.text
    lines = [
        f"{hit.notice}  {'　'.join(hit.path)}",
        f"  {' '.join(statement.split())}",
        f"  {_parties(hit, _MOST_PARTIES)}",
    ]
    why = _why(hit, before, after)
    if why:
        lines.append(f"  命中：{why}")
    return "\n".join(lines) + "\n\n"


def _parties(hit: Hit, most: int | None) -> str:
    by_role: dict[str, list[str]] = {}
    for party in hit.parties:
        by_role.setdefault(party.role.value, []).append(" ".join(party.text.split()))
    parts = []
    for role, names in by_role.items():
        names = list(dict.fromkeys(names))
        shown = names if most is None else names[:most]
        more = f"等{len(names)}个" if len(shown) < len(names) else ""
        parts.append(f"{_ROLE_WORDS[role]}：{'、'.join(shown)}{more}")
    return "；".join(parts)


def _why(hit: Hit, before: str = "", after: str = "") -> str:
    """Matches that the statement does not show: groups, items, deadlines."""
    parts: list[str] = []
    for match in hit.why:
        told = match.to_dict()
        if told["kind"] == "group":
            parts.append(f"经由 {told['party']}" + ("（可能）" if told.get("possible") else ""))
        elif told["kind"] == "unit":
            inherited = "（继承）" if told["evidence"] == "inherited" else ""
            parts.append(f"{told['party']}：{_ROLE_WORDS[told['role']]}{inherited}")
        elif told["kind"] == "deadline":
            parts.append(f"{told['text']}（{told['due']}）")
        elif told["where"] != "statement":
            quote = " ".join(str(told["quote"]).split())
            parts.append(_around(quote, str(told["text"]), before, after))
    return "；".join(dict.fromkeys(parts))


def _around(quote: str, word: str, before: str, after: str) -> str:
    """Some 20 characters on each side of the word in the item that holds it."""
    word = " ".join(word.split())
    at = quote.find(word)
    if at < 0:
        return quote[:40]
    left, right = max(0, at - 20), min(len(quote), at + len(word) + 20)
    return (
        ("…" if left else "") + quote[left:at] + before + word + after + quote[at + len(word) : right]
        + ("…" if right < len(quote) else "")
    )  # fmt: skip
