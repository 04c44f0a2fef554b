"""Words: a spaCy tokenizer over a jieba dictionary of its own, names whole, figures cut at their ends.

The adapter to jieba: nothing else imports it. ``jieba``'s module-level tokenizer is never touched, its cache
lies in a folder of the user's own (the shared temporary folder that it prefers is unmarshalled unread), and
``enable_paddle``, which runs pip, is never called.
"""

from __future__ import annotations

import json
import logging
import os
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from ...model.collector import collector_paused
from ...model.folding import fold
from ..deadline_words import Calendar, Stretch
from ..deadlines import find
from .document_references import Reference, references
from .quantities import Reading, read
from .segmenter import cut

_SURROGATES = re.compile("[\ud800-\udfff]")


@cache
def _dictionary() -> Any:
    """jieba's dictionary, loaded once, shared by the project's pipelines only."""
    with warnings.catch_warnings():
        # jieba has had no release since 2020: pkg_resources (#1026), invalid escapes (#1050).
        warnings.filterwarnings("ignore", message=".*pkg_resources.*")
        warnings.filterwarnings("ignore", category=SyntaxWarning, module="jieba.*")
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        import jieba
    jieba.default_logger.setLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "duban"
    tokenizer.cache_file = "jieba.cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a home that cannot be written: the dictionary is read anew each time
        # Never a device as the cache: jieba moves a file onto it, and root would replace it.
        with TemporaryDirectory(prefix="duban-") as private:
            tokenizer.tmp_dir = private
            tokenizer.initialize()
            return tokenizer
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer


class WordTokenizer:
    """Cuts a text into words that join to the text again: names first, then jieba, then the ends of figures.

    Linear: the ``Doc`` is built from the words; spaCy's own way searches the rest of the text for each word.
    """

    def __init__(self, vocab: Vocab, names: Iterable[str] = (), *, hmm: bool = False) -> None:
        self.vocab = vocab
        self.hmm = hmm
        self.names: tuple[str, ...] = ()
        self._name_at: re.Pattern[str] | None = None
        self.add_names(names)

    def add_names(self, names: Iterable[str]) -> None:
        """More names that are one word each, wherever they stand; of several the longest."""
        self.names = tuple(sorted({*self.names, *filter(None, names)}, key=lambda name: (-len(name), name)))
        self._name_at = re.compile("|".join(map(re.escape, self.names))) if self.names else None

    def __call__(self, text: str) -> Doc:
        """The document of a text. A lone surrogate, which spaCy cannot hold, becomes U+FFFD."""
        text = _SURROGATES.sub("\ufffd", text)
        with collector_paused():
            words = list(self._words(text))
            return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def _words(self, text: str) -> Iterator[str]:
        cuts = _cuts(text)
        start = 0
        for word in self._uncut(text):
            end = start + len(word)
            first = bisect_right(cuts, start)
            last = bisect_left(cuts, end)
            for place in cuts[first:last]:
                yield text[start:place]
                start = place
            yield text[start:end]
            start = end

    def _uncut(self, text: str) -> Iterator[str]:
        position = 0
        for match in self._name_at.finditer(text) if self._name_at is not None else ():
            if match.start() > position:
                yield from self._cut(text[position : match.start()])
            yield match.group()
            position = match.end()
        if position < len(text):
            yield from self._cut(text[position:])

    def _cut(self, text: str) -> Iterator[str]:
        jieba = _dictionary()
        if self.hmm:
            return iter(jieba.cut(text, HMM=True))
        return cut(text, jieba.FREQ, jieba.total)

    def to_bytes(self, **_: Any) -> bytes:
        """What the tokenizer has beside the dictionary: its names."""
        return json.dumps({"hmm": self.hmm, "names": self.names}, ensure_ascii=False).encode("utf-8")

    def from_bytes(self, data: bytes, **_: Any) -> WordTokenizer:
        """Takes over what ``to_bytes`` gave."""
        record = json.loads(data)
        self.hmm = record["hmm"]
        self.names = ()
        self.add_names(record["names"])
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes what ``to_bytes`` gives."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> WordTokenizer:
        """Reads what ``to_disk`` wrote."""
        return self.from_bytes(Path(path).read_bytes())


@lru_cache(maxsize=4)
def reading_of(text: str) -> Reading:
    """The figures of a whole text; kept for the component that asks after the tokenizer."""
    return read(text, fold(text), 0, len(text))


@lru_cache(maxsize=4)
def references_of(text: str) -> list[Reference]:
    """The documents that a whole text names; kept as ``reading_of`` is."""
    return references(text, fold(text), 0, len(text))


def forget_readings() -> None:
    """Forgets what the last texts were read as; for measurements."""
    reading_of.cache_clear()
    references_of.cache_clear()


def _cuts(text: str) -> list[int]:
    """Where figures, dates and references to documents begin and end: no word runs over these places."""
    folded = fold(text)
    reading = reading_of(text)
    spans = [quantity.span for quantity in reading.quantities]
    spans += [left.span for left in reading.left_out]
    spans += [share.span for quantity in reading.quantities for share in quantity.shares]
    for is_measure in (False, True):
        stretch = Stretch(text, folded, 0, len(text), Calendar(2000, None, told=False), is_measure)
        spans += [deadline.span for deadline in find(stretch)]
    spans += [reference.span for reference in references_of(text)]
    return sorted({place for span in spans for place in span})


@registry.tokenizers("duban.words.v1")  # type: ignore[untyped-decorator]
def word_tokenizer(names: list[str] | None = None, hmm: bool = False) -> Callable[[Language], WordTokenizer]:
    """The tokenizer as spaCy's configuration names it; ``names`` stay whole, ``hmm`` lets jieba guess."""

    def make(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab, names or (), hmm=hmm)

    return make
