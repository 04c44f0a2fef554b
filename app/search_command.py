"""`duban search`: finds tasks and says why each was found."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from ..model.errors import UsageError
from ..model.registry import Query, count_hits, default_registry_path, suggest
from ..model.registry import search as search_registry
from .console import put, say
from .corpus import directory
from .text_table import csv_text, one_line

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
    put(_printed(hits, options).encode("utf-8", "replace"), options.output)
    if options.format == "table":
        total = count_hits(target, query, directory()) if query.limit == len(hits) else len(hits)
        say(f"共 {total} 项" + (f"，显示前 {len(hits)} 项" if total > len(hits) else ""))
    if not hits:
        say("没有找到")  # at once: suggesting loads a dictionary
        found = suggest(target, query, directory())
        if found:
            say("是否想找：" + "、".join(f"{s.text}（{s.tasks} 项）" for s in found))
    _tell_homonyms(options.unit)
    return 0


def _tell_homonyms(unit: str | None) -> None:
    """Several bodies have had the name: the words alone were looked for."""
    known = directory()
    if unit and known.resolve(unit) is None and len(same := known.homonyms(unit)) > 1:
        say(f"{len(same)} 个单位同名，只按字面查找；要分开请写编号：{'、'.join(same)}")


def _printed(hits: tuple[Hit, ...], options: argparse.Namespace) -> str:
    if options.format == "json":
        import json

        return json.dumps([hit.to_dict() for hit in hits], ensure_ascii=False) + "\n"
    if options.format == "csv":
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
    statement = hit.highlighted(before, after, escape=_safe) if hit.spans else _safe(hit.text)
    lines = [
        f"{one_line(hit.notice)}  {one_line(' '.join(hit.path))}",
        f"  {statement.strip()}",
        f"  {_parties(hit, _MOST_PARTIES)}",
    ]
    why = _why(hit, before, after)
    if why:
        lines.append(f"  命中：{why}")
    return "\n".join(lines) + "\n\n"


def _safe(text: str) -> str:
    """A piece of the statement as it can be printed; its outer blanks are kept."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and len(text) > 1 else ""
    return f"{left}{one_line(text)}{right}"


def _parties(hit: Hit, most: int | None) -> str:
    by_role: dict[str, list[str]] = {}
    for party in hit.parties:
        by_role.setdefault(party.role.value, []).append(one_line(party.text))
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
            perhaps = "（可能）" if told["possible"] else ""
            parts.append(f"经由 {one_line(told['party'])}{perhaps}{_badge(told)}")
        elif told["kind"] == "unit":
            inherited = "（继承）" if told["evidence"] == "inherited" else ""
            parts.append(f"{one_line(told['party'])}：{_ROLE_WORDS[told['role']]}{inherited}{_badge(told)}")
        elif told["kind"] == "deadline":
            parts.append(f"{one_line(told['text'])}（{told['due']}）")
        elif told["where"] != "statement":
            quote = one_line(str(told["quote"]))
            parts.append(_around(quote, str(told["text"]), before, after))
    return "；".join(dict.fromkeys(parts))


def _badge(told: dict[str, Any]) -> str:
    """〔原省环保厅〕, where the notice names the unit that came after or before."""
    return f"〔{one_line(told['history']['badge'])}〕" if "history" in told else ""


def _around(quote: str, word: str, before: str, after: str) -> str:
    """Some 20 characters on each side of the word in the item that holds it."""
    word = one_line(word)
    at = quote.find(word)
    if at < 0:
        return quote[:40]
    left, right = max(0, at - 20), min(len(quote), at + len(word) + 20)
    return (
        ("…" if left else "") + quote[left:at] + before + word + after + quote[at + len(word) : right]
        + ("…" if right < len(quote) else "")
    )  # fmt: skip
