"""Laws of quantities: total, exact places, every figure accounted for, linear; and the hand-written gold."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from duban.app.corpus import directory
from duban.app.evaluate_command import totals
from duban.app.evaluation import compare
from duban.app.gold import load_gold
from duban.extract import parse, parse_text
from duban.extract.language.quantities import read
from duban.model.collector import collector_paused
from duban.model.folding import fold
from hypothesis import given
from hypothesis import strategies as st
from notices_at_hand import ROOT, SHARED, liaoning, skip_without

GOLD = ROOT / "corpus" / "gold"
PIECES = st.sampled_from(
    [
        "增长", "新增", "3", "12.5", "１０", "%", "万亩", "个", "以上", "不少于", "由",
        "提高到", "、", "，", "。", "和",
        "“", "”", "《", "》", "2021年", "其中,", "甲", "三分之二", "百分之五",
        "力争", "—", "至", "多", "第", "A",
        "(", ")", "\n", "工程", "8折", "百分之", "分之", "十",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_every_figure_is_a_target_or_left_out_and_stands_where_it_says(text: str) -> None:
    found = read(text, fold(text), 0, len(text))
    spans = [q.span for q in found.quantities] + [left.span for left in found.left_out]
    for quantity in found.quantities:
        assert Decimal(quantity.value).is_finite()
        assert quantity.comparator in (">=", "<=", "=", ">", "<", "~", "range")
        assert (quantity.upper is not None) == (quantity.comparator == "range")
        if quantity.baseline is not None:
            assert Decimal(quantity.baseline).is_finite()
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    covered = {place for span in spans for place in range(*span)}
    assert all(place in covered for place, char in enumerate(fold(text)) if "0" <= char <= "9")
    ordered = sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


@pytest.mark.parametrize(
    ("name", "field", "wanted"),
    [
        ("liaoning-2018-quantities", "quantity", 0.97),
        ("liaoning-2018-quantities", "metric", 0.93),
        ("liaoning-2021-quantities", "quantity", 0.97),
        ("liaoning-2021-quantities", "metric", 0.90),
    ],
)
def test_the_hand_written_gold(name: str, field: str, wanted: float) -> None:
    gold = load_gold(GOLD / f"{name}.json")
    tally = totals([compare(gold, parse(gold.source, directory=directory()))])[field]
    assert tally.right + tally.missed >= 60
    assert tally.f1 >= wanted


def test_the_shared_gold_of_quantities_and_months() -> None:
    path = SHARED / "notices" / "gold-liaoning-2021.json"
    skip_without(path, "the shared gold of quantities")
    gold = load_gold(path, SHARED / "notices" / "liaoning-2021-measures.txt")
    tallies = totals([compare(gold, parse(gold.source))])
    assert tallies["quantity"].f1 >= 0.97
    assert tallies["months"].f1 >= 0.98


HOSTILE: dict[str, Callable[[int], str]] = {
    "figures": lambda n: "新增3座," * n,
    "figures without stops": lambda n: "3座" * n,
    "bare numbers": lambda n: "1、" * n,
    "shared measure words": lambda n: "1、" * n + "2折",
    "quotes": lambda n: "“3座" * n,
    "titles": lambda n: "《3座" * n,
    "allocations": lambda n: "其中,甲3座、乙4座。" * n,
    "allocation words": lambda n: "其中" * n + "3座",
    "hundreds": lambda n: "1,000," * n,
    "Chinese numerals": lambda n: "十" * n + "个",
    "baselines": lambda n: "由3座提高到" * n,
    "words before a figure": lambda n: "新增" * n + "3座",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name: str) -> None:
    def seconds(size: int) -> float:
        text = HOSTILE[name](size)
        runs = []
        for _ in range(3):
            started = time.process_time()
            with collector_paused():  # as the parser does
                read(text, text, 0, len(text))
            runs.append(time.process_time() - started)
        return median(runs)

    small, big = seconds(500), seconds(8000)
    assert big <= 25 * small + 0.02


def test_without_language_its_modules_are_not_loaded(tmp_path: Path) -> None:
    """Nor spaCy and jieba by anything but the pipeline."""
    notice = tmp_path / "notice.txt"
    notice.write_text("一、任务\n1.新建水库3座。（责任单位：市水务局）\n", encoding="utf-8")
    code = (
        "import sys\n"
        "from duban.app.main import main\n"
        "main(sys.argv[1:])\n"
        "loaded = [m for m in sys.modules if m.split('.')[0] in ('spacy', 'jieba', 'thinc')]\n"
        "loaded += [m for m in sys.modules if m.startswith('duban.extract.language.')]\n"
        "print(sorted(loaded), file=sys.stderr)\n"
    )

    def loaded(*arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
        )
        return run.stderr.strip().splitlines()[-1]

    assert loaded("parse", "-q", "--no-language", str(notice)) == "[]"
    assert loaded("search", "--registry", str(tmp_path / "none.db"), "水库") == "[]"
    with_quantities = loaded("parse", "-q", str(notice))
    assert "duban.extract.language.quantities" in with_quantities
    assert "spacy" not in with_quantities
    assert "jieba" not in with_quantities


def test_the_notices_shares_add_up() -> None:
    """81万亩 of task 51 are shared out among twelve cities, in a measure that had lost its marker."""
    notice = parse_text(liaoning(2021))
    shared = [q for t in notice.tasks for item in t.targets for q in item.quantities if q.shares]
    (quantity,) = shared
    assert (quantity.value, quantity.unit, len(quantity.shares)) == ("81", "万亩", 12)
    assert sum(Decimal(share.value) for share in quantity.shares) == 81
