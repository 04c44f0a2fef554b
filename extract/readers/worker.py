"""Worker: formats that can hang or grow are read in a process of its own, which is stopped at its limits.

One process reads one file after the other; it is replaced when it was stopped, ended by itself or ran out
of memory. Between the two go lengths, JSON and the file's bytes, never pickles: what comes from a process
that has read a hostile file is data, not code.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

from ...model import Source, errors
from ...model.border_places import places_record, read_places
from ...model.collector import collector_paused
from ...model.errors import DubanError, ReadCrashError, ReadMemoryError, ReadTimeoutError
from .registry import Reader, ReadOptions

#: A process that has read so many files makes room for a new one.
_MOST_FILES = 500
_LENGTH = 8
#: A process that ends by itself with more than this share of its memory in use has run out of it.
_NEAR_LIMIT = 0.6
_REMEDY = "请检查文件来源；若确是通知，请另存一份，或用 --timeout、--memory 放宽限制后再读"


def read_isolated(reader: Reader, raw: bytes, name: str, options: ReadOptions) -> Source:
    """What ``reader.read`` gives, from a process with the limits of ``options``.

    Raises what the reader raises, and ReadTimeoutError, ReadMemoryError, ReadCrashError. The limit of memory
    holds where the platform knows RLIMIT_AS (Linux); that of time everywhere. Threads wait for each other.
    """
    with _lock, collector_paused():
        return _ready_child().read(reader, raw, name, options)


class _Child:
    """A running process that reads files."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.files = 0
        # What this process held when the other began counts as the other's peak, too.
        self.floor = _own_peak()
        # -P: the folder the user stands in is not searched for modules.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "duban.extract.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def read(self, reader: Reader, raw: bytes, name: str, options: ReadOptions) -> Source:
        """One file. The process is stopped when the time is over."""
        self.files += 1
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            self.kill()

        timer = threading.Timer(options.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._ask(reader, raw, name, options)
        finally:
            timer.cancel()
        if answer is None:
            code, peak = self._end()
            if stopped.is_set():
                raise ReadTimeoutError(f"读取超过 {options.seconds:g} 秒，已停止", place=name, remedy=_REMEDY)
            if peak > _NEAR_LIMIT * options.memory:  # a library in C ends the process where memory is refused
                raise _out_of_memory(name, options)
            raise ReadCrashError(f"读取程序异常终止（{code}）", place=name, remedy=_REMEDY)
        if answer.get("tired"):
            self._end()
        return _result(answer, raw, name, options)

    def _ask(self, reader: Reader, raw: bytes, name: str, options: ReadOptions) -> dict[str, Any] | None:
        """The process's answer; None when it ended without one."""
        order = {"format": reader.format, "name": name, "options": asdict(options)}
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            return None
        try:
            send(stdin, json.dumps(order).encode("ascii"))
            send(stdin, raw)
            answer = receive(stdout)
            return None if answer is None else json.loads(answer)
        except (OSError, ValueError):  # the pipe is broken, or was cut in the middle of an answer
            return None

    def kill(self) -> None:
        """Stop the process and all that it has started."""
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, 9)
            else:
                self.process.kill()

    def _end(self) -> tuple[int, int]:
        """Stop and clear away the process: its exit code, and its peak of memory in bytes (0: unknown)."""
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        if self.process.returncode is None and hasattr(os, "wait4"):
            with suppress(ChildProcessError):
                _, status, used = os.wait4(self.process.pid, 0)
                self.process.returncode = os.waitstatus_to_exitcode(status)
                peak = _bytes(used.ru_maxrss)
                return self.process.returncode, peak if peak > self.floor else 0
        return self.process.wait(), 0

    def close(self) -> None:
        """End the process; one of another process's making is left alone."""
        if self.owner == os.getpid() and self.process.poll() is None:
            self._end()

    @property
    def usable(self) -> bool:
        """Whether the next file may go to this process."""
        return self.owner == os.getpid() and self.files < _MOST_FILES and self.process.poll() is None


def _bytes(maxrss: int) -> int:
    """``ru_maxrss`` in bytes: it is in KiB but on macOS."""
    return maxrss * (1 if sys.platform == "darwin" else 1024)


def _own_peak() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


_lock = threading.Lock()
_children: list[_Child] = []


def _ready_child() -> _Child:
    if _children and not _children[0].usable:
        _children.pop().close()
    if not _children:
        _children.append(_Child())
    return _children[0]


@atexit.register
def stop_worker() -> None:
    """End the reading process, if there is one; the next file starts another."""
    while _children:
        _children.pop().close()


def send(stream: IO[bytes], data: bytes) -> None:
    """A message: its length in eight bytes, then itself."""
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None when the stream ended before it was whole."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(data) == size else None


def to_json(source: Source) -> dict[str, Any]:
    """A Source without the file's bytes, which the other side has."""
    return {
        "format": source.format,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "text": source.text,
        "spanned": source.spanned,
        **places_record(source.pieces),
    }


def _out_of_memory(name: str, options: ReadOptions) -> ReadMemoryError:
    return ReadMemoryError(
        f"读取所需内存超过 {options.memory / 2**20:.0f} MB，已停止", place=name, remedy=_REMEDY
    )


def _result(answer: dict[str, Any], raw: bytes, name: str, options: ReadOptions) -> Source:
    if answer.get("memory"):
        raise _out_of_memory(name, options)
    if "error" in answer:
        kind, message, place, remedy = answer["error"]
        found = getattr(errors, kind, None)
        if not (isinstance(found, type) and issubclass(found, DubanError)):
            raise ReadCrashError(f"读取程序出错（{message}）", place=name, remedy=_REMEDY)
        raise found(message, place=place, remedy=remedy)
    told = answer["source"]
    return Source(
        name,
        told["format"],
        told["sha256"],
        told["encoding"],
        told["text"],
        pieces=read_places(told),
        spanned=tuple(told["spanned"]),
        raw=raw,
    )
