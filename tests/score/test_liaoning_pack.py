"""The pack of 2018: complete, and every quote stands in the notice where the pack says."""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256

from packs import NOTICE, PACK, liaoning

TEXT = NOTICE.read_bytes().decode("utf-8")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def test_every_clause_is_a_quote() -> None:
    pack = liaoning()
    assert sha256(NOTICE.read_bytes()).hexdigest() == pack.sha256
    clauses = pack.clauses()
    assert len(clauses) > 90
    for clause in clauses:
        assert clause.span is not None
        assert TEXT[clause.span[0] : clause.span[1]] == clause.quote


def test_every_requirement_from_r8_to_r46_is_there() -> None:
    told = {rule for clause in liaoning().clauses() for rule in clause.rule.split()}
    told |= set(re.findall(r'rule = "([^"]*)"', PACK.read_text(encoding="utf-8")))
    assert {f"R{n}" for n in range(8, 47)} <= {word for rule in told for word in rule.split()}


def test_every_number_stands_in_its_quote() -> None:
    pack = liaoning()
    for part in pack.parts:
        if part.weight is not None and part.weight != 1:
            assert f"{(part.weight * 100).normalize():f}%" in part.clause.quote, part
    for item in pack.items:
        told = {Decimal(word) for word in _NUMBER.findall(item.clause.quote)}
        assert item.each in told, item
        assert item.cap is None or item.cap in told, item
    for bonus in pack.task_bonus:
        assert f"{bonus.value}分" in bonus.clause.quote
    assert [m.count for m in pack.minimums] == [10]


def test_twelve_bonus_and_eleven_deduction_items() -> None:
    held = liaoning().under(liaoning().chosen())
    rows = {(i.code, i.variant): (str(i.each), None if i.cap is None else str(i.cap)) for i in held.items}
    assert {key: rows[key] for key in rows if key[0][0] == "B"} == {
        ("B1a", ""): ("1", None), ("B1b", ""): ("0.2", "0.4"), ("B1c", ""): ("0.3", "0.6"),
        ("B2a", ""): ("0.5", None), ("B2b", ""): ("0.1", "0.2"), ("B2c", ""): ("0.2", "0.4"),
        ("B3", ""): ("2", "2"), ("B4a", ""): ("0.2", "0.2"), ("B4b", ""): ("0.2", "0.2"),
        ("B5", ""): ("0.5", None), ("B6", "综合性工作"): ("0.5", "0.5"), ("B6", "单项工作"): ("0.1", "0.5"),
    }  # fmt: skip
    assert {key: rows[key][0] for key in rows if key[0][0] == "P"} == {
        ("P1a", ""): "2", ("P1b", ""): "1", ("P2a", ""): "1", ("P2b", ""): "1", ("P2c", ""): "0.5",
        ("P3", ""): "0.2", ("P4", ""): "1", ("P5", ""): "1",
        ("P6", "较大"): "1", ("P6", "重大"): "2", ("P6", "特大"): "3",
    }  # fmt: skip
    assert [(limit.kind, limit.cap) for limit in held.limits] == [("bonus", 3), ("deduction", None)]


def test_unclear_sentences_tell_who_chose_and_when() -> None:
    for sentence in liaoning().unclear:
        assert sentence.by
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", sentence.on)
        assert len(sentence.readings) >= 2
