"""The `duban` command: reads the options, runs one command, turns errors into messages and exit statuses."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from ..model.errors import DubanError, UsageError
from .options import parser_of, wanted_command

#: Exit status after Ctrl-C, as shells have it.
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status (contract §2): 0 done, 1 needs a person, 2 usage, 3 unreadable."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        options = parser_of(wanted_command(arguments)).parse_args(arguments)
        return int(options.run(options))
    except UsageError as error:
        print(f"duban: {error}", file=sys.stderr)
        return error.exit_status
    except DubanError as error:
        print(f"duban: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("duban: 已中断；登记库里只有完整的通知", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (| head): not an error; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def run() -> None:
    """Entry point of the console script."""
    gc.set_threshold(100_000, 20, 20)  # a command makes many records and little garbage; it ends soon
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="replace" if stream is sys.stderr else "surrogateescape"
            )
    status = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


if __name__ == "__main__":
    run()
