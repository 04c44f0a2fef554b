"""Renumbered: places of a notice that are another matter in a new version than in the one before."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

from ..folding import fold_name
from ..registry.reader import Reader
from .identity import task_key

#: Task as entries name it, and its piece.
Place: TypeAlias = tuple[str, str]
#: Texts that agree in less than this share of their characters are another matter, not another wording.
_ALIKE = 0.5


class Moved(NamedTuple):
    """A place whose matter left it: the words that stood there, and where they stand now (None: nowhere)."""

    place: Place
    words: str
    now: Place | None


def moved_places(reader: Reader, notice: int, *, since: str | None = None) -> list[Moved]:
    """Where the current version of a notice differs from the one whose file has the SHA-256 ``since``, or
    from the newest other one: places whose words stand elsewhere now, or are gone or replaced by other ones.
    A mere change of wording is none."""
    versions = reader.rows(
        "SELECT id, number, sha256, is_current FROM notice_version WHERE notice_id = :notice ORDER BY number",
        notice=notice,
    )
    current = next((row for row in versions if row[3]), None)
    if current is None:
        return []
    others = [row for row in versions if row[0] != current[0] and since in (None, row[2])]
    if not others:
        return []
    before, now = _texts(reader, others[-1][0]), _texts(reader, current[0])
    places: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, words in now.items():
        places[fold_name(words), place[1].partition(":")[0]].append(place)
    found = []
    for place, words in before.items():
        folded = fold_name(words)
        stands = now.get(place)
        if stands is not None and fold_name(stands) == folded:
            continue
        elsewhere = places.get((folded, place[1].partition(":")[0]), [])
        there = min(elsewhere, key=lambda other: other[0] != place[0], default=None)
        if there is not None or stands is None or not _alike(folded, fold_name(stands)):
            found.append(Moved(place, words, there))
    return found


def entries_at(reader: Reader, notice: int) -> Counter[Place]:
    """How many entries were made about each place of a notice."""
    rows = reader.rows("SELECT task, piece FROM progress_entry WHERE notice_id = :notice", notice=notice)
    return Counter((task, piece) for task, piece in rows)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _texts(reader: Reader, version: int) -> dict[Place, str]:
    """The words of each task and piece of a version."""
    tasks = reader.rows(
        "SELECT id, number, path, substr(body, text_start - span_start + 1, text_end - text_start)"
        " FROM task WHERE version_id = :version ORDER BY ordinal",
        version=version,
    )
    times = Counter(number for _, number, _, _ in tasks)
    keys = {
        task: task_key(number, json.loads(path), unique=times[number] == 1) for task, number, path, _ in tasks
    }
    found = {(keys[task], ""): words for task, _, _, words in tasks}
    counts: Counter[tuple[int, str]] = Counter()
    for task, kind, words in reader.rows(
        "SELECT i.task_id, i.kind, i.text FROM item i JOIN task t ON t.id = i.task_id"
        " WHERE t.version_id = :version ORDER BY i.id",
        version=version,
    ):
        counts[task, kind] += 1
        found[keys[task], f"{kind}:{counts[task, kind]}"] = words
    return found
