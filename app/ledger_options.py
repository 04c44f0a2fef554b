"""Options of `duban ledger`."""

from __future__ import annotations

import argparse

_USAGE = """\
用法 / usage:
  duban ledger export [--notice N] [--unit U] [--section S] [--as-of D] -o FILE.xlsx     导出台账 / export
  duban ledger export --all [--notice N] [--section S] [--as-of D] -o FOLDER             每个单位一份 / each
  duban ledger import FILE.xlsx… --by WHO --on DATE [--dry-run] [--role office]          导入填好的 / import
"""
_WHERE = ".xlsx 文件，--all 为文件夹 / an .xlsx file, a folder with --all"
_ROLE = "谁填：unit 填报单位，office 督查室（审核、核验） / who fills it in"


def ledger_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban ledger`, each action's by itself."""
    from . import ledger_command as run
    from . import ledger_export

    command.epilog = f"{_USAGE}\n{command.epilog}"
    actions = command.add_subparsers(
        title="做什么 / actions", metavar="ACTION", dest="action", required=True, parser_class=type(command)
    )
    export = actions.add_parser("export", help="导出督查台账 / write a ledger")
    export.add_argument("--notice", metavar="N", help="通知：编号、文号或标题的一部分 / id, number, title")
    export.add_argument("--unit", metavar="U", help="只列该单位填报的行 / only what this unit reports on")
    export.add_argument("--all", action="store_true", help="每个单位一份 / a ledger for each unit")
    export.add_argument("--section", metavar="S", help="只列该部分，如 四 / one part, by number")
    export.add_argument(
        "--as-of", metavar="D", help="截至哪一天，2021-06-30；不写的不判灯 / lights of this day"
    )
    export.add_argument("--lights", metavar="FILE", help="亮灯规则 TOML / the rule of lights")
    export.add_argument("--role", choices=("unit", "office"), default="unit", help=_ROLE)
    export.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        required=True,
        help=_WHERE,
    )
    _registry(export)
    export.set_defaults(run=ledger_export.export)

    taken = actions.add_parser(
        "import", help="导入填好的台账，全部或一格不入 / take ledgers back, all or nothing"
    )
    taken.add_argument("files", metavar="FILE", nargs="+", help="填好的 .xlsx / ledgers filled in")
    taken.add_argument("--by", metavar="WHO", required=True, help="登记人 / who enters it")
    taken.add_argument("--on", metavar="DATE", required=True, help="日期，2021-06-30 / the day")
    taken.add_argument("--role", choices=("unit", "office"), default="unit", help=_ROLE)
    taken.add_argument("--notice", metavar="N", help="只认这份通知的台账 / only ledgers of this notice")
    taken.add_argument("--dry-run", action="store_true", help="只看会改什么，不登记 / show, store nothing")
    taken.add_argument(
        "--force", metavar="FILE", action="append", default=[],
        help="导出后登记库已更新的，以该文件为准 / this file goes before what was entered since",
    )  # fmt: skip
    taken.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式 / output format"
    )
    _registry(taken)
    taken.set_defaults(run=run.take)


def _registry(action: argparse.ArgumentParser) -> None:
    action.add_argument("--registry", metavar="PATH-OR-URL", help="登记库 / the registry")
