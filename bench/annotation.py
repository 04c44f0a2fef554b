"""Annotation speed on the 2021 notice: the spaCy pipeline, the plain rules, spaCy's own tokenizer.

Speeds are MB of UTF-8 per second of one core; growth is the time for 16 times the text over that for once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from .timing import Row, markdown

NOTICE = Path(__file__).parent.parent / "corpus" / "liaoning" / "liaoning-2021-measures.txt"
FACTOR = 16


def run(*, runs: int = 3) -> list[Row]:
    """All rows; processor time, so that other work on the machine counts little."""
    import spacy
    from duban.app.corpus import directory
    from duban.extract.language.pipeline import build
    from duban.extract.language.quantities import read
    from duban.extract.language.words import forget_readings
    from duban.model.folding import fold

    text = NOTICE.read_text(encoding="utf-8")
    megabytes = len(text.encode("utf-8")) / 1e6
    ours = build(directory(), year=2021)
    ours.max_length = len(text) * FACTOR + 1
    characters = spacy.blank("zh")
    characters.max_length = ours.max_length
    lines = text.splitlines()
    subjects: list[tuple[str, Callable[[str], object]]] = [
        ("full annotation, one document", ours),
        ("words and spans' ends (our tokenizer)", ours.make_doc),
        ("characters (spaCy's tokenizer)", characters.make_doc),
        ("figures, plain rules", lambda words: read(words, fold(words), 0, len(words))),
    ]
    rows: list[Row] = []
    many = text * FACTOR
    for name, work in subjects:
        work(text)
        once = _seconds(lambda: work(text), runs, forget_readings)  # noqa: B023 - called right here
        big = _seconds(lambda: work(many), 1, forget_readings)  # noqa: B023
        rows += [
            (name, megabytes / once, "MB/s"),
            (f"{name}: {FACTOR} times the text", big / once, "times as long"),
        ]
    by_line = _seconds(lambda: [ours(line) for line in lines], runs, forget_readings)
    return [*rows, ("full annotation, a document for each paragraph", megabytes / by_line, "MB/s")]


def _seconds(work: Callable[[], object], runs: int, forget: Callable[[], object]) -> float:
    """The median processor time of a run, with nothing remembered from the run before."""
    times = []
    for _ in range(runs):
        forget()
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return median(times)


if __name__ == "__main__":
    sys.stdout.write(markdown(run()) + "\n")
