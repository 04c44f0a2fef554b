"""The `duban` command: reads the options, runs one command, turns errors into messages and exit statuses."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from ..model.errors import DubanError, TooLargeError
from ..model.reasons import system_reason
from .corpus import use_units
from .options import parser_of, wanted_command
from .text_table import one_line

#: Exit status after Ctrl-C, as shells have it.
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status (contract §2): 0 done, 1 needs a person, 2 usage, 3 unreadable."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        options = parser_of(wanted_command(arguments)).parse_args(arguments)
        use_units(getattr(options, "units", ()))
        return int(options.run(options))
    except DubanError as error:
        return _tell(error)
    except MemoryError:
        return _tell(TooLargeError("内存不够", remedy="请检查文件是否真是通知，或拆分后再读"))
    except KeyboardInterrupt:
        print("duban: 已中断", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (| head): not an error; keep Python from complaining at exit.
        _forget_output()
        return 0


def _tell(error: DubanError) -> int:
    if sys.stderr is not None:
        print(f"duban: {one_line(str(error))}", file=sys.stderr)
    return error.exit_status


def _forget_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run() -> None:
    """Entry point of the console script."""
    gc.set_threshold(100_000, 20, 20)  # a command makes many records and little garbage; it ends soon
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    status = main()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
    except OSError as error:  # the disk behind standard output is full
        print(
            f"duban: [E402] 标准输出写不进去（{system_reason(error)}）。处理办法：请检查磁盘空间",
            file=sys.stderr,
        )
        _forget_output()
        status = status or DubanError.exit_status
    sys.exit(status)


if __name__ == "__main__":
    run()
