"""Suggestions for a search that found nothing: parts of the words that do occur, units with a like name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..folding import fold_name
from ..units import UnitDirectory
from ..words import tokenizer
from .matching import match_unit
from .notices import matching_notices, notices
from .query import Query
from .reader import Reader, reading
from .statement import count_tasks
from .target import Target

_MOST = 8
#: Names less alike than this are no help; 省人社局 and 省人力资源社会保障厅 are at 0.46.
_ALIKE = 0.45


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that would be found. ``kind``: ``word``, ``unit`` or ``notice``."""

    kind: str
    text: str
    #: How many tasks it finds by itself, the query's other words and conditions left out.
    tasks: int


def suggest(
    target: str | Path | Target | Reader, query: Query, directory: UnitDirectory
) -> tuple[Suggestion, ...]:
    """What to try instead, for each of the words, the unit and the notice; at most eight of each, the
    likeliest first.

    Loads jieba when the query has words. Raises the kinds of RegistryError.
    """
    with reading(target) as reader:
        return (
            *_words(reader, query),
            *(_units(reader, query.unit, directory) if query.unit else ()),
            *(_notices(reader, query.notice) if query.notice else ()),
        )


def _words(reader: Reader, query: Query) -> list[Suggestion]:
    """The query's own words that occur by themselves, then the parts of the others."""
    found: dict[str, int] = {}
    for word in dict.fromkeys(part for given in query.words for part in given.split()):
        whole = _count(reader, word)
        parts = {word: whole} if whole else {part: _count(reader, part) for part in cut(word)}
        found |= {part: count for part, count in parts.items() if count}
    longest = sorted(found.items(), key=lambda pair: (-len(pair[0]), -pair[1]))
    return [Suggestion("word", part, count) for part, count in longest[:_MOST]]


def _count(reader: Reader, word: str) -> int:
    return count_tasks(reader, Query(words=(word,)), None)


def _units(reader: Reader, unit: str, directory: UnitDirectory) -> Iterator[Suggestion]:
    """The unit itself where only other conditions hide it, else names in use that are most alike."""
    from difflib import get_close_matches

    own = _tasks_of(reader, unit, directory)
    if own:
        yield Suggestion("unit", unit, own)
        return
    texts = {
        fold_name(str(row[0])): str(row[0])
        for row in reader.rows(
            "SELECT DISTINCT p.text FROM party p JOIN task t ON t.id = p.task_id"
            " JOIN notice_version v ON v.id = t.version_id WHERE v.is_current"
        )
    }
    for name in get_close_matches(fold_name(unit), sorted(texts), n=_MOST, cutoff=_ALIKE):
        yield Suggestion("unit", texts[name], _tasks_of(reader, texts[name], directory))


def _tasks_of(reader: Reader, unit: str, directory: UnitDirectory) -> int:
    return count_tasks(reader, Query(), match_unit(reader, unit, directory))


def _notices(reader: Reader, named: str) -> Iterator[Suggestion]:
    """The notices there are, where ``named`` means none of them."""
    if not matching_notices(reader, named):
        for row in notices(reader)[:_MOST]:
            yield Suggestion("notice", row.label, row.tasks)


def cut(word: str) -> tuple[str, ...]:
    """Words of two characters and more inside ``word``, the longest first; ``word`` itself is left out."""
    parts = dict.fromkeys(part for part in tokenizer().cut_for_search(word) if len(part) > 1 and part != word)
    return tuple(sorted(parts, key=lambda part: -len(part)))
