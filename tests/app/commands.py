"""Runs the command in this process, as a user's shell would, and keeps what it printed."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from duban.app.main import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: exit status, bytes on standard output, text on standard error."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.raw.decode("utf-8", "surrogatepass")


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path, stdin: bytes = b"") -> Ran:
    """Run ``duban`` with these arguments."""
    out = io.BytesIO()
    err = io.StringIO()
    with monkeypatch.context() as patch:
        stream = io.TextIOWrapper(out, encoding="utf-8", errors="surrogateescape", write_through=True)
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", _Stdin(stdin))
        status = main([str(argument) for argument in arguments])
        stream.flush()
    return Ran(status, out.getvalue(), err.getvalue())
