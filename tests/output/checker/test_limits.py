"""A document to check is opened within the readers' limits; a LibreOffice that hangs is stopped whole."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from duban.model.errors import InflatedError, UnsafePackageError
from duban.output.checker import check, rendering
from made_documents import packed, parts


def test_a_part_that_grows_beyond_measure_is_refused() -> None:
    bomb = parts() | {"word/settings.xml": "<a>" + " " * 20_000_000 + "</a>"}
    with pytest.raises(InflatedError, match=r"settings\.xml"):
        check(packed(bomb), "made.docx", rendered=False)


def test_a_name_outside_the_package_is_refused() -> None:
    with pytest.raises(UnsafePackageError):
        check(packed(parts() | {"../word/evil.xml": "<a/>"}), "made.docx", rendered=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script as the program")
def test_what_a_hanging_libreoffice_started_is_stopped_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n/bin/sleep 600 &\necho $! > {child}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(rendering, "PATIENCE", 1)
    monkeypatch.setattr(rendering, "_has_chinese_font", lambda: True)
    with pytest.raises(rendering.CannotRenderError, match="1 秒内没有排完"):
        rendering.render(packed(parts()))
    assert not _runs(int(child.read_text(encoding="utf-8")))


def _runs(process: int) -> bool:
    """Whether a process still runs after it had time to end; one that ended and waits for its parent does
    not."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True
