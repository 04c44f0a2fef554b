"""Many documents through LibreOffice: each call in a profile of its own, none lost, none waited for forever.

A program of a few lines stands in for LibreOffice, so that its failures can be had when they are wanted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from duban.model.errors import ConversionError, ProgramMissingError, ReadTimeoutError
from duban.model.office_pdfs import _parts, pdfs

#: Notes its profile; stops at a file that holds CRASH, makes none of BAD, never ends at SLOW.
PROGRAM = """#!{python}
import pathlib, sys, time
words = sys.argv[1:]
out = pathlib.Path(words[words.index("--outdir") + 1])
out.mkdir(parents=True)
with open({log!r}, "a") as log:
    log.write(words[0] + " " + str(len(words) - words.index("--outdir") - 2) + "\\n")
for name in words[words.index("--outdir") + 2:]:
    data = pathlib.Path(name).read_bytes()
    if b"CRASH" in data:
        sys.exit(139)
    if b"SLOW" in data:
        time.sleep(600)
    if b"BAD" not in data:
        (out / (pathlib.Path(name).stem + ".pdf")).write_bytes(b"%PDF " + data)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a #! line")


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in on the path; what it wrote about its calls."""
    log = tmp_path / "calls"
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(python=sys.executable, log=str(log)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return log


def documents(*contents: bytes) -> list[tuple[str, bytes]]:
    return [(f"{at}.docx", content) for at, content in enumerate(contents)]


def test_all_come_back_in_their_order_from_few_calls(calls: Path) -> None:
    given = documents(*(b"x" * (at * 7 % 5 + 1) + str(at).encode() for at in range(23)))
    ready: list[int] = []
    found = pdfs(given, seconds=60, memory=1 << 30, workers=2, done=ready.append)
    assert found.failures == ()
    assert found.made == tuple(b"%PDF " + raw for _, raw in given)
    lines = calls.read_text().splitlines()
    assert len(lines) == 4
    assert len({line.split()[0] for line in lines}) == len(lines), "two calls shared a profile"
    assert sum(ready) == 23


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize("fault", [b"CRASH", b"BAD"])
def test_one_that_fails_takes_no_other_with_it(fault: bytes) -> None:
    given = documents(b"a", b"b" + fault, b"c", b"d")
    found = pdfs(given, seconds=60, memory=1 << 30, workers=1)
    assert found.made == (b"%PDF a", None, b"%PDF c", b"%PDF d")
    (failure,) = found.failures
    assert isinstance(failure, ConversionError)
    assert failure.place == "1.docx"


@pytest.mark.usefixtures("calls")
def test_one_that_never_ends_is_stopped() -> None:
    found = pdfs(documents(b"SLOW"), seconds=0.5, memory=1 << 30)
    assert found.made == (None,)
    assert isinstance(found.failures[0], ReadTimeoutError)


def test_without_the_program_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissingError, match="没有生成 PDF"):
        pdfs(documents(b"a"), seconds=1, memory=1 << 30)


@pytest.mark.parametrize(("count", "workers"), [(1, 2), (2, 2), (19, 2), (20, 2), (41, 2), (67, 4), (3, 4)])
def test_parts_hold_each_document_once_and_are_of_like_size(count: int, workers: int) -> None:
    sizes = [(at * 37) % 101 + 1 for at in range(count)]
    parts = _parts(sizes, workers)
    assert sorted(at for part in parts for at in part) == list(range(count))
    assert len(parts) == count or len(parts) % workers == 0
    assert max(map(len, parts)) <= max(10, 2 * count // len(parts))
    loads = [sum(sizes[at] for at in part) for part in parts]
    assert max(loads) - min(loads) <= max(sizes)
