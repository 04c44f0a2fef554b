"""Progress in words: what counts is told as what it is, one case one line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from duban.model.progress.state import Report, UnitState
from duban.output.official.kind import (
    addressee,
    full_width,
    items,
    names,
    numbered,
    numeral,
    sections,
    sentence,
)
from duban.output.official.progress import evidence, percent, quoted, short_day, told


def state(**kinds: tuple[str, str] | bool) -> UnitState:
    """``status`` and ``verification`` are value and percent, ``accepted`` is an older report that was
    accepted, ``review`` what became of the status."""
    made: dict[str, Any] = {}
    for number, (kind, told_of) in enumerate(kinds.items(), 1):
        if isinstance(told_of, bool):
            made["review"] = Report(number, "review", "甲", "2024-01-01", {"of": 1, "accepted": told_of})
        else:
            fields = {"value": told_of[0], "percent": told_of[1]}
            made[kind] = Report(number, kind, "甲", "2024-01-01", fields)
    if made.get("review") is not None and made["review"].fields["accepted"]:
        made["accepted"] = made["status"]
    return UnitState(**made, accepted_at=made["accepted"].number if "accepted" in made else 0)


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([], ""),
        ([("甲局", state(status=("3公里", "")))], "自报3公里"),
        ([("甲局", state(status=("3公里", "60")))], "自报3公里（60%）"),
        ([("甲局", state(status=("3公里", "60"), review=True))], "3公里（60%）"),
        ([("甲局", state(status=("3公里", "60"), review=False))], "自报3公里（60%），已退回"),
        ([("甲局", state(accepted=("2公里", "40"), status=("3公里", "60")))], "2公里（40%）"),
        (
            [("甲局", state(accepted=("2公里", "40"), status=("3公里", "60"), review=False))],
            "2公里（40%），最新填报已退回",
        ),
        ([("甲局", state(status=("3公里", "60"), verification=("1公里", "20")))], "1公里（20%）"),
        (
            [("", state(status=("完成", "100"), review=True)), ("乙局", state(status=("2份", "")))],
            "完成（100%）；乙局：自报2份",
        ),
    ],
)
def test_a_figure_is_told_as_what_it_is(units: list[tuple[str, UnitState]], words: str) -> None:
    assert told(units) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("材料不全,迟报。", "材料不全，迟报"),
        ("每次加0.1-0.2分(细则另定)", "每次加0.1—0.2分（细则另定）"),
        ("完成 3 公里\n其余在建", "完成3公里其余在建"),
        ("GDP growth, 3.5%", "GDP growth, 3.5%"),
        ("A (b) c", "A (b) c"),
    ],
)
def test_words_from_outside_get_full_width_points(text: str, words: str) -> None:
    assert sentence(text) == words
    assert full_width(sentence(text)) == words


def test_numbers_names_and_days() -> None:
    assert [numeral(number) for number in (1, 10, 11, 20, 21, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]
    assert sections([("甲", ["a"]), ("乙", []), ("丙", ["b", "c"])]) == ["一、甲", "a", "二、丙", "b", "c"]
    assert numbered(["甲。"]) == ["（一）甲。"]
    assert items(["甲。", "乙。"]) == ["1. 甲。", "2. 乙。"]
    assert names(["甲", "乙", "甲"]) == "甲、乙"
    assert [addressee(unit) for unit in ("甲市", "乙县", "市丙局")] == [
        "甲市人民政府",
        "乙县人民政府",
        "市丙局",
    ]
    assert [short_day("2024-01-05", year) for year in (2024, 2023, None)] == [
        "1月5日", "2024年1月5日", "2024年1月5日",
    ]  # fmt: skip
    assert [percent(value) for value in (None, Decimal("33.35"), Decimal(100), Decimal("0.04"))] == [
        "", "33.4%", "100%", "0%",
    ]  # fmt: skip
    assert quoted("推进“双万”计划。") == "推进‘双万’计划"


def test_evidence_is_told_by_what_finds_it_again() -> None:
    def proof(**fields: str) -> Report:
        return Report(1, "proof", "甲", "2024-01-01", fields)

    proofs = [proof(number="甲〔2024〕1号"), proof(receipt="18"), proof(sha256="ab" * 32, name="表.xlsx"),
              proof(sha256="cd" * 32)]  # fmt: skip
    assert evidence(proofs) == "甲〔2024〕1号、线下收文18、表.xlsx、文件cdcdcdcd"
