"""Proof before release: what was made passes, and every falsified digit, name, unit or date is stopped."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from duban.model.errors import ProofError
from duban.output.official.compose import compose
from duban.output.official.proof import prove, read_document
from duban.output.official.settings import read_settings
from duban.output.official.tasks import TaskRow, task_list
from made_officials import DOCUMENTS

SETTINGS = read_settings()
ROWS = tuple(
    TaskRow(
        str(n), "一、", f"任务{n}增长{n % 9}.{n % 7}%", ("省财政厅",), (f"第{n}局",), (f"{n % 12 + 1}月底前",)
    )
    for n in range(1, 1001)
)


def changed(data: bytes, edit: tuple[int, int, str]) -> bytes:
    """The package with characters of its document part replaced."""
    start, end, text = edit
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = (body[:start] + text + body[end:]).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_what_was_made_passes_and_the_same_records_give_the_same_bytes(name: str) -> None:
    made = compose(DOCUMENTS[name], SETTINGS)
    prove(made, DOCUMENTS[name])
    assert compose(DOCUMENTS[name], SETTINGS) == made


def test_1000_tasks_come_back_from_the_file_field_by_field() -> None:
    document = task_list(ROWS, source="某通知", year=2021)
    (table,) = read_document(compose(document, SETTINGS)).tables
    columns = ("number", "task", "lead", "responsible", "deadlines")
    assert table[2:] == tuple(tuple(row.cells()[name] for name in columns) for row in ROWS)


@pytest.mark.parametrize("seed", range(40))
def test_a_falsified_character_is_stopped_and_its_place_named(seed: int) -> None:
    chance = random.Random(seed)
    document = (task_list(ROWS[:50], source="某通知", year=2021), *DOCUMENTS.values())[seed % 6]
    made = compose(document, SETTINGS)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        body = archive.read("word/document.xml").decode()
    places = [
        found.start(1) + at
        for found in re.finditer(r"<w:t(?: [^>]*)?>([^<&]+)</w:t>", body)
        for at, character in enumerate(found[1])
        if character.isdigit() or (seed % 2 and character.strip())
    ]
    at = chance.choice(places)
    other = str((int(body[at]) + 1) % 10) if body[at].isdigit() else "伪"
    with pytest.raises(ProofError) as stopped:
        prove(changed(made, (at, at + 1, other)), document)
    assert stopped.value.place


def test_a_row_that_is_gone_and_a_text_too_long_are_stopped() -> None:
    document = task_list(ROWS[:3], source="某通知")
    made = compose(task_list(ROWS[:2], source="某通知"), SETTINGS)
    with pytest.raises(ProofError):
        prove(made, document)
    with pytest.raises(ProofError, match="超过 10 字"):
        prove(compose(document, SETTINGS), document, most=10)
