"""Options of `duban explain`."""

from __future__ import annotations

import argparse


def build(command: argparse.ArgumentParser) -> None:
    """Adds them to the command."""
    from .explain_command import explain
    from .reading_options import add_reading_options

    command.add_argument("file", metavar="FILE", help="通知文件 / a notice")
    command.add_argument("--task", metavar="N", required=True, help="任务序号，如 51 / the task's number")
    command.add_argument("--html", action="store_true", help="输出网页 / as a web page")
    command.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="颜色 / colours at the terminal"
    )
    add_reading_options(command)
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a file")
    command.set_defaults(run=explain)
