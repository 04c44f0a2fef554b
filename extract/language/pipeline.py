"""The spaCy pipeline: units, quantities, deadlines and document references of a paragraph as ``Doc.spans``.

Keys: ``units`` (SpanRuler; ``id_`` is the unit's id), ``quantity``, ``left_out``, ``deadline``, ``doc_ref``;
``span.id_`` is the rule, ``span._.duban`` its values as a JSON record. Only this module and ``words`` load
spaCy. The components work on tokenizers whose words end where spans end: the project's, or spaCy's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import spacy
from spacy.attrs import ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from ...model.collector import collector_paused
from ...model.folding import fold
from ..deadline_words import Calendar, Stretch
from ..deadlines import find
from .words import reading_of, references_of, word_tokenizer

if TYPE_CHECKING:
    from ...model.units import UnitDirectory

#: Place, label, rule, and values as a JSON record.
Found = tuple[tuple[int, int], str, str, Mapping[str, Any]]
KEYS = ("units", "quantity", "left_out", "deadline", "doc_ref")
#: ``doc.user_data`` under this key: ``{"year": 2021, "issued_on": "2021-04-27", "is_measure": False}``.
CALENDAR_KEY = "duban.calendar"

if not Span.has_extension("duban"):
    Span.set_extension("duban", default=None)


def build(directory: UnitDirectory | None = None, *, year: int | None = None) -> Language:
    """A blank Chinese pipeline with the project's tokenizer and components; no trained part, no download.

    ``year``: of the notice, for dates that name none; a document may tell its own under ``CALENDAR_KEY``.
    """
    names = _names(directory)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "duban.words.v1"}}})
    nlp.tokenizer = word_tokenizer(sorted(names))(nlp)
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "units", "validate": False})
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "unit", "pattern": name, "id": unit} for name, unit in sorted(names.items())]
    )
    for name in ("duban_quantity", "duban_deadline", "duban_doc_ref"):
        nlp.add_pipe(name, config={"year": year} if name == "duban_deadline" else {})
    return nlp


def _names(directory: UnitDirectory | None) -> dict[str, str]:
    """Every name of the directory, with the id of its unit or group."""
    if directory is None:
        return {}
    named = {text: group.id for group in directory.groups.values() for text in group.texts}
    return named | {name: unit.id for unit in directory.units.values() for name in unit.names}


def _text(doc: Doc) -> str:
    """``doc.text``, many times as fast: no token object for each word, no string for each repetition."""
    attributes = doc.to_array([ORTH, SPACY])
    words = attributes[:, 0].tolist()
    strings = doc.vocab.strings
    known = {orth: strings[orth] for orth in set(words)}
    if not attributes[:, 1].any():  # as in all text that the project's own tokenizer has cut
        return "".join(map(known.__getitem__, words))
    spaces = attributes[:, 1].tolist()
    return "".join(
        [known[orth] + " " if space else known[orth] for orth, space in zip(words, spaces, strict=True)]
    )


class _Annotator:
    """What the components share: a place in the text becomes a span of words, with its rule and values."""

    def __init__(self, name: str) -> None:
        self.name = name

    def put(self, doc: Doc, key: str, found: Sequence[Found]) -> None:
        """Sets ``doc.spans[key]``: each of ``found`` is place, label, rule, record.

        Raises ValueError where a word runs over the end of a span: the tokenizer is another one.
        """
        with collector_paused():
            self._put(doc, key, found)

    def _put(self, doc: Doc, key: str, found: Sequence[Found]) -> None:
        spans = []
        for (start, end), label, rule, record in found:
            span = doc.char_span(start, end, label=label, span_id=rule)
            if span is None:
                raise ValueError(f"{self.name}: a word of the tokenizer runs over {doc.text[start:end]!r}")
            span._.duban = record
            spans.append(span)
        doc.spans[key] = SpanGroup(doc, name=key, spans=spans)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing beside the configuration."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> _Annotator:
        """Nothing to take over."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing beside the configuration."""

    def from_disk(self, _path: Any, **_: Any) -> _Annotator:
        """Nothing to read."""
        return self


class Quantities(_Annotator):
    """``quantity``: targets with metric, comparator, value; ``left_out``: other figures with the reason."""

    def __call__(self, doc: Doc) -> Doc:
        text = _text(doc)
        reading = reading_of(text)
        self.put(
            doc,
            "quantity",
            [
                (
                    q.span,
                    "quantity",
                    f"quantity.{q.comparator}",
                    {
                        "metric": q.metric, "comparator": q.comparator, "value": q.value, "upper": q.upper,
                        "unit": q.unit, "baseline": q.baseline, "direction": q.direction, "soft": q.soft,
                        "shares": [[s.party, s.value, s.unit] for s in q.shares],
                    },
                )
                for q in reading.quantities
            ],
        )  # fmt: skip
        left_out = [
            (left.span, "left_out", f"left_out.{left.reason.name.lower()}", {"reason": left.reason.value})
            for left in reading.left_out
        ]
        self.put(doc, "left_out", left_out)
        return doc


class Deadlines(_Annotator):
    """``deadline``: dates that say by when; the year is the notice's, never the clock's."""

    def __init__(self, name: str, year: int | None, issued_on: str | None) -> None:
        super().__init__(name)
        self.calendar = {"year": year, "issued_on": issued_on, "is_measure": False}

    def __call__(self, doc: Doc) -> Doc:
        own = {**self.calendar, **doc.user_data.get(CALENDAR_KEY, {})}
        text = _text(doc)
        calendar = Calendar(own["year"], own["issued_on"])
        found = find(Stretch(text, fold(text), 0, len(text), calendar, bool(own["is_measure"])))
        self.put(
            doc,
            "deadline",
            [
                (
                    d.span,
                    "deadline",
                    f"deadline.{d.recurrence or ('due' if d.due else 'open')}",
                    {
                        "start": d.start,
                        "due": d.due,
                        "recurrence": d.recurrence,
                        "evidence": d.evidence.value,
                    },
                )
                for d in found
            ],
        )
        return doc


class References(_Annotator):
    """``doc_ref``: documents that the text names."""

    def __call__(self, doc: Doc) -> Doc:
        text = _text(doc)
        found = references_of(text)
        self.put(
            doc,
            "doc_ref",
            [
                (
                    r.span,
                    "doc_ref",
                    "doc_ref.number" if r.title is None else "doc_ref.title",
                    {"title": r.title, "number": r.number},
                )
                for r in found
            ],
        )
        return doc


@Language.factory("duban_quantity")
def make_quantities(nlp: Language, name: str) -> Quantities:  # noqa: ARG001 - spaCy passes it
    """The component of quantities."""
    return Quantities(name)


@Language.factory("duban_deadline", default_config={"year": None, "issued_on": None})
def make_deadlines(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    year: int | None,
    issued_on: str | None,
) -> Deadlines:
    """The component of deadlines."""
    return Deadlines(name, year, issued_on)


@Language.factory("duban_doc_ref")
def make_references(nlp: Language, name: str) -> References:  # noqa: ARG001 - spaCy passes it
    """The component of document references."""
    return References(name)
