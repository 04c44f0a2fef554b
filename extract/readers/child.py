"""Child: the process that reads files for :mod:`worker`, within limits of memory and processor time."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ...model.collector import collector_paused
from ...model.errors import DubanError
from .registry import Reader, ReadOptions, own_readers, readers
from .worker import receive, send, to_json

#: Beyond this share of the limit a process that has read a file is replaced: it would not give the room back.
_TIRED = 0.5


def main() -> None:
    """Answers order after order until the other side closes the pipe."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while (order := receive(orders)) is not None and (raw := receive(orders)) is not None:
        told = json.loads(order)
        options = ReadOptions(**told["options"])
        _limit(options)
        send(answers, json.dumps(_answer(told, raw, options)).encode("ascii"))
        del raw


def _answer(order: dict[str, Any], raw: bytes, options: ReadOptions) -> dict[str, Any]:
    try:
        reader = _named(order["format"])
        with collector_paused():
            source = reader.read(raw, order["name"], options)
        return {"source": to_json(source), "tired": _is_tired(options.memory)}
    except DubanError as error:
        return {"error": (type(error).__name__, error.message, error.place, error.remedy)}
    except MemoryError:
        return {"memory": True, "tired": True}
    except Exception as error:  # noqa: BLE001 - any bug of a library on a hostile file; told as E233 with its words
        return {"error": ("", f"{type(error).__name__}: {error}"[:200], "", ""), "tired": True}


def _named(form: str) -> Reader:
    """The reader of a format; what else is installed is looked through only for formats of others."""
    own = next((reader for reader in own_readers() if reader.format == form), None)
    return own or next(reader for reader in readers() if reader.format == form)


def _limit(options: ReadOptions) -> None:
    """Sets the limits for the next file; where the platform has none, the other side's clock remains."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + 2 * options.seconds) + 5
    for kind, wanted in ((resource.RLIMIT_AS, options.memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (soft, hard))


def _is_tired(memory: int) -> bool:
    """Whether the process has held much memory; known on Linux only (ru_maxrss counts the parent's, too)."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            peak = next((line.split()[1] for line in status if line.startswith("VmHWM:")), "0")
    except OSError:
        return False
    return int(peak) * 1024 > _TIRED * memory


if __name__ == "__main__":
    main()
