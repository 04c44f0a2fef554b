"""Options of `duban units`, and `--units` of the commands that resolve names."""

from __future__ import annotations

import argparse


def units_files(command: argparse.ArgumentParser) -> None:
    """``--units``: further unit lists for this one command."""
    command.add_argument(
        "--units",
        metavar="FILE",
        action="append",
        default=[],
        help="另用的单位名录，可多次写 / a further unit list (also $DUBAN_UNITS)",
    )


_USAGE = """\
用法 / usage:
  duban units list    [--unit U] [--format table|json]      列出 / what the directory holds
  duban units check   [FILE …] [--region ID] [--marks WORDS] [--prefix P]   检查名录 / look for mistakes
  duban units add     FILE … [--region ID] [--marks WORDS] [--prefix P] [--replace]   添加名录 / keep a list
  duban units add     --name N --unit U [--kind K] [--source S]    确认一个名称 / confirm a name
  duban units suggest [FILE …] [--all] [--format F] [--registry R] [--encoding E]   不认识的名称 / unknown
FILE: .toml, .xlsx, .csv; suggest: 通知 / notices; 各处都可加 --units FILE
"""


def units_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban units`, each action's by itself."""
    from . import units_command

    command.epilog = f"{_USAGE}\n{command.epilog}"
    actions = command.add_subparsers(
        title="做什么 / actions", metavar="ACTION", dest="action", required=True, parser_class=type(command)
    )
    for name, words, build, run in (
        ("list", "列出单位 / list the units", _list, units_command.list_units),
        ("check", "检查名录 / check unit lists", _check, units_command.check),
        ("add", "添加名录或名称 / add a list or a name", _add, units_command.add),
        ("suggest", "不认识的名称 / names nobody knows", _suggest, units_command.suggest),
    ):
        action = actions.add_parser(name, help=words, description=words)
        build(action)
        units_files(action)
        action.set_defaults(run=run)


def _list(action: argparse.ArgumentParser) -> None:
    action.add_argument("--unit", metavar="U", help="只列这个单位 / this unit only")
    _format(action)


def _check(action: argparse.ArgumentParser) -> None:
    action.add_argument("files", metavar="FILE", nargs="*", help="名录 / unit lists")
    _region(action)


def _add(action: argparse.ArgumentParser) -> None:
    from ..model.units import NAME_KINDS

    action.add_argument("files", metavar="FILE", nargs="*", help="名录：.toml .xlsx .csv / unit lists")
    action.add_argument("--name", metavar="N", help="为 --unit 添加的名称 / a further name of --unit")
    action.add_argument("--unit", metavar="U", help="名称所指的单位 / the unit that the name means")
    action.add_argument(
        "--kind", choices=NAME_KINDS, default="informal", help="名称的种类 / the kind of the name"
    )
    action.add_argument("--source", metavar="S", default="", help="依据 / who says so")
    _region(action)
    action.add_argument("--replace", action="store_true", help="替换同名的名录 / replace a list")


def _region(action: argparse.ArgumentParser) -> None:
    action.add_argument("--region", metavar="ID", help="地区编号，如 anhui / the region's id")
    action.add_argument(
        "--marks", metavar="WORDS", help="辨认该地区通知的词，如 安徽,皖政 / words that tell its notices"
    )
    action.add_argument("--prefix", metavar="P", help="省名，如 安徽 / put before names that begin with 省")


def _suggest(action: argparse.ArgumentParser) -> None:
    from .reading_options import add_reading_options

    action.add_argument(
        "files", metavar="FILE", nargs="*", help="通知；不写则看登记库 / notices; none: the registry"
    )
    action.add_argument("--all", action="store_true", help="也列出认识的名称 / known names, too")
    _format(action)
    add_reading_options(action)
    action.add_argument("--registry", metavar="PATH-OR-URL", help="登记库 / the registry")


def _format(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式 / output format"
    )
