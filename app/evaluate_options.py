"""Options of `duban evaluate`."""

from __future__ import annotations

import argparse


def build(command: argparse.ArgumentParser) -> None:
    """Adds them to the command."""
    from .evaluate_command import evaluate

    command.add_argument("gold", metavar="GOLD", nargs="+", help="标注文件或文件夹 / gold files or folders")
    command.add_argument(
        "--notices", metavar="DIR", help="通知文件或文件夹 / the notice, or a folder of notices"
    )
    command.add_argument(
        "--differences",
        type=int,
        default=10,
        metavar="N",
        help="每份至多列出几处不同，默认 10 / shown a notice",
    )
    command.add_argument("--baseline", metavar="FILE", help="与上次结果比较 / gains and losses against it")
    command.add_argument("--save-baseline", metavar="FILE", help="存为基准 / keep this run as baseline")
    command.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式 / output format"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a file")
    command.set_defaults(run=evaluate)
