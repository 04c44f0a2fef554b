"""A small trained model for unit names, against the directory and the rules, on notices that it never saw.

``python -m bench.unit_model NOTICES`` from the top of the repository; NOTICES is a folder of real notices
with people's gold in ``gold/``. It is no part of ``python -m bench``: the notices are not in the repository.

Training: spaCy's ``ner`` over characters, a fixed seed, one core. Its names are the parties that clauses of
the training notices list, wherever in the sentences of these notices they stand; four folds leave notices
out. Clauses are measured on the gold of the notices left out; free prose on the 2021 notice of the corpus,
whose mentions outside clauses and 《》 were read and marked one by one (``unit_mentions_2021.tsv``: place and
name; named bodies, no groups and no bare places).
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from duban.app.corpus import directory
from duban.extract import parse, read_text
from duban.extract.names import ends_as_unit, kind_of
from duban.extract.parties import read_parties
from duban.model import Assignment, Notice, PartyKind
from duban.model.folding import fold

from .timing import Row, markdown

if TYPE_CHECKING:
    from spacy.language import Language

CORPUS = Path(__file__).parent.parent / "corpus" / "liaoning"
PROSE_FILE = "liaoning-2021-measures.txt"
MENTIONS = Path(__file__).with_name("unit_mentions_2021.tsv")
FOLDS, EPOCHS, SEED = 4, 4, 20210427
#: Characters of text that a fold trains on: more of them change little and take long.
MOST = 60_000
MODEL = """
[model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true

[model.tok2vec]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 64
depth = 4
embed_size = 2000
window_size = 2
maxout_pieces = 3
subword_features = false
"""

#: A mention: start and end in a piece of text.
Place = tuple[int, int]
Finder = Callable[[str], set[Place]]


class Tally(NamedTuple):
    """Right, too many, missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def plus(self, truth: set[Place], found: set[Place]) -> Tally:
        """With another piece of text counted."""
        return Tally(
            self.right + len(truth & found), self.extra + len(found - truth), self.missed + len(truth - found)
        )

    def rows(self, name: str) -> list[Row]:
        """Precision, recall, F1."""
        precision = self.right / max(1, self.right + self.extra)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)
        return [
            (f"{name}: precision", precision, ""),
            (f"{name}: recall", recall, ""),
            (f"{name}: F1", f1, ""),
        ]


class Known(NamedTuple):
    """A notice and what its clauses name."""

    path: Path
    notice: Notice
    names: frozenset[str]


def run(notices: Path) -> list[Row]:
    """All rows: precision, recall and F1 of each way, the model's size, the seconds that training took."""
    gold = sorted((notices / "gold").glob("*.json"))
    named = [_known(path) for path in sorted([*notices.glob("[0-9]*.txt"), *CORPUS.glob("*.txt")])]
    tested = [*(path.stem for path in gold), *(path.stem for path in sorted(CORPUS.glob("*.txt")))]
    folds = _folds(tested)
    clauses = {"directory": Tally(), "rules": Tally(), "model": Tally()}
    rows: list[Row] = []
    started = time.process_time()
    for number, fold_names in enumerate(folds):
        nlp = _trained([known for known in named if known.path.stem not in fold_names], seed=SEED + number)
        model = _by_model(nlp)
        for path in gold:
            if path.stem in fold_names:
                for words, truth in _clauses(path):
                    for name, find in (
                        ("directory", _by_directory()),
                        ("rules", _by_clause),
                        ("model", model),
                    ):
                        clauses[name] = clauses[name].plus(truth, find(words))
        if Path(PROSE_FILE).stem in fold_names:
            (held_out,) = (known for known in named if known.path.name == PROSE_FILE)
            rows += _prose(held_out, model)
            rows.append(("the model", len(nlp.get_pipe("ner").to_bytes()) / 1e6, "MB"))
    for name, tally in clauses.items():
        rows += tally.rows(f"clauses, {name}")
    return [*rows, ("training and tests", time.process_time() - started, "s of one core")]


def _folds(tested: list[str]) -> list[list[str]]:
    """Notices of Liaoning stay in one fold: both years have the same sentences."""
    together = [name for name in tested if "liaoning" in name]
    others = [name for name in tested if name not in together]
    return [together, *(others[number :: FOLDS - 1] for number in range(FOLDS - 1))]


def _known(path: Path) -> Known:
    notice = parse(read_text(path.read_bytes(), path.name), directory=directory())
    parties = [party for clause in _assignments(notice) for party in clause.parties]
    units = (fold(party.text) for party in parties if party.kind is PartyKind.UNIT)
    return Known(path, notice, frozenset(name for name in units if len(name) > 2 and ends_as_unit(name)))


def _assignments(notice: Notice) -> Iterator[Assignment]:
    for section in notice.sections:
        yield from section.assignments
    for task in notice.tasks:
        for holder in (task, *task.targets, *task.measures):
            yield from holder.assignments


def _trained(known: list[Known], *, seed: int) -> Language:
    """The model of these notices; the same weights in each run."""
    import spacy
    from spacy.training import Example
    from spacy.util import minibatch
    from thinc.api import Config

    spacy.util.fix_random_seed(seed)
    shuffle = random.Random(seed).shuffle
    nlp = spacy.blank("zh")
    nlp.add_pipe("ner", config=Config().from_str(MODEL))
    examples: list[Any] = []
    room = MOST
    sentences = [words for each in known for words in _sentences(each)]
    shuffle(sentences)
    find = _by_names({name for each in known for name in each.names})
    for words in sentences:
        room -= len(words)
        if room < 0:
            break
        entities = [(start, end, "UNIT") for start, end in sorted(find(words))]
        examples.append(Example.from_dict(nlp.make_doc(words), {"entities": entities}))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(EPOCHS):
        shuffle(examples)
        for batch in minibatch(examples, 32):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    return nlp


def _sentences(known: Known) -> list[str]:
    """Sentences with one of the notice's names; of those without as many again."""
    find = _by_names(known.names)
    having: list[str] = []
    lacking: list[str] = []
    for words in re.split(r"(?<=[。;])|\n", fold(known.notice.source.text)):
        if 4 < len(words) < 400:
            (having if find(words) else lacking).append(words)
    random.Random(SEED).shuffle(lacking)
    return having + lacking[: len(having)]


def _by_names(names: Iterable[str]) -> Finder:
    """The longest of these names wherever they stand."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    if not ordered:
        return lambda _words: set()
    at = re.compile("|".join(map(re.escape, ordered)))
    return lambda words: {match.span() for match in at.finditer(words)}


def _by_directory() -> Finder:
    """Units of the directory; bare places (大连) are in prose places."""
    names = {fold(name) for unit in directory().units.values() for name in unit.names}
    return _by_names(name for name in names if ends_as_unit(name))


def _by_model(nlp: Language) -> Finder:
    return lambda words: {(entity.start_char, entity.end_char) for entity in nlp(words).ents}


def _by_clause(words: str) -> set[Place]:
    """What the parser reads in a clause, its brackets left out."""
    opened = int(words[:1] in "([〔【")
    inside = words[opened:-1] if words[-1:] in ")]〕】" else words[opened:]
    parties = read_parties(inside).parties
    return {(p.start + opened, p.end + opened) for p in parties if p.kind is PartyKind.UNIT}


def _clauses(path: Path) -> Iterator[tuple[str, set[Place]]]:
    """The clauses of a gold file with the places of their units."""
    for clause in json.loads(path.read_text(encoding="utf-8"))["clauses"]:
        words = fold(clause["text"])
        places, position = set(), 0
        for unit in clause["units"]:
            name = fold(unit["text"])
            start = words.index(name, position)
            position = start + len(name)
            if unit["kind"] == "unit":
                places.add((start, position))
        yield words, places


def _prose(known: Known, model: Finder) -> list[Row]:
    """The ways on free prose: a task's words outside clauses and titles of documents."""
    text = known.notice.source.text
    folded = fold(text)
    hidden = {place for clause in _assignments(known.notice) for place in range(*clause.span)}
    for title in re.finditer("《[^》]*》", folded):
        hidden.update(range(*title.span()))
    rows = (line.split("\t") for line in MENTIONS.read_text(encoding="utf-8").splitlines())
    truth = {(int(start), int(start) + len(name)) for start, name in rows}
    seen = {tuple(each.span) for each in known.notice.suggested if kind_of(each.text) is PartyKind.UNIT}
    own, listed = _by_names(known.names), _by_directory()
    ways: dict[str, Finder] = {
        "directory": listed,
        "rules": own,  # the notice's own clauses know the names; and partners, added below
        "model": model,
    }
    found: dict[str, set[Place]] = {name: set() for name in ways}
    for start, words in _pieces(known.notice, folded, hidden):
        for name, find in ways.items():
            found[name] |= {(start + first, start + last) for first, last in find(words)}
    found["rules"] |= {(first, last) for first, last in seen if first not in hidden}
    found["directory and rules"] = found["directory"] | found["rules"]
    found["directory, rules and model"] = _joined(found["directory and rules"], found["model"])
    return [
        row for name, places in found.items() for row in Tally().plus(truth, places).rows(f"prose, {name}")
    ]


def _joined(sure: set[Place], guessed: set[Place]) -> set[Place]:
    """What is sure, and of the guesses those that touch nothing of it."""
    taken = {place for span in sure for place in range(*span)}
    return sure | {span for span in guessed if taken.isdisjoint(range(*span))}


def _pieces(notice: Notice, folded: str, hidden: set[int]) -> Iterator[tuple[int, str]]:
    """Sentences of the tasks, cut where a clause or a title stands."""
    for task in notice.tasks:
        start = task.span.start
        for place in range(task.span.start, task.span.end + 1):
            ended = place == task.span.end or place in hidden or folded[place] in "。;\n"
            if ended:
                if place > start:
                    yield start, folded[start:place]
                start = place + 1


def main(arguments: list[str]) -> int:
    """Prints the table; 2 without the folder of notices."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "gold").is_dir():
        print("usage: python -m bench.unit_model NOTICES (a folder with gold/)", file=sys.stderr)
        return 2
    print(markdown(run(Path(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
