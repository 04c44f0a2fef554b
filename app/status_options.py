"""Options of `duban status`, `duban due` and `duban quality`."""

from __future__ import annotations

import argparse
import re

_DAYS = re.compile(r"([0-9]{1,4})\s*(?:d|天|日)?|([0-9]{1,3})\s*(?:w|周)")


def status_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban status`."""
    from .status_command import status

    _which(command)
    _light_rule(command)
    command.add_argument(
        "--limit", type=int, metavar="N", default=10, help="表中每段至多几行 / rows of a part"
    )
    _form(command)
    command.set_defaults(run=status)


def due_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban due`."""
    from .status_command import due

    _which(command)
    _light_rule(command)
    command.add_argument(
        "--within", metavar="DAYS", type=_days, default=7, help="几天之内，7d、2w / within so many days"
    )
    command.add_argument("--overdue", action="store_true", help="也列逾期的 / those that are overdue, too")
    _form(command)
    command.set_defaults(run=due)


def quality_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban quality`."""
    from .quality_command import quality

    _which(command)
    command.add_argument("--all", action="store_true", help="也列合格的任务 / tasks that lack nothing, too")
    _form(command)
    command.set_defaults(run=quality)


def _which(command: argparse.ArgumentParser) -> None:
    command.add_argument("--notice", metavar="N", help="通知：编号、文号或标题的一部分 / id, number or title")
    command.add_argument("--unit", metavar="U", help="责任单位 / a responsible unit")
    command.add_argument("--section", metavar="S", help="部分，如 四 / a part, by number")
    command.add_argument("--as-of", metavar="D", help="截至哪一天，不写为今天 / state on this day")


def _light_rule(command: argparse.ArgumentParser) -> None:
    command.add_argument("--light-rule", metavar="FILE", help="本单位的亮灯规则 / your own rule for lights")


def _form(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="输出格式 / output format"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a file")
    command.add_argument("--registry", metavar="PATH-OR-URL", help="登记库 / the registry")


def _days(value: str) -> int:
    match = _DAYS.fullmatch(value.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"“{value}”不是天数，可写 7d 或 2w")
    return int(match[1]) if match[1] else int(match[2]) * 7
