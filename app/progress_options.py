"""Options of `duban progress` and `duban audit`."""

from __future__ import annotations

import argparse

_USAGE = """\
用法 / usage:
  duban progress add  --task N --notice X --value V --by WHO --on DATE [--evidence NUMBER|FILE]   登记 / enter
  duban progress list [--notice X] [--task N] [--format table|json]                             列出 / list
  duban progress undo NUMBER --by WHO --on DATE [--note WORDS]              撤销，原条目保留 / by a new entry
"""
_AUDIT_USAGE = """\
用法 / usage:
  duban audit verify [--head N:HASH]    核对登记链；--head 为上次显示的末条 / against the head shown before
"""


def progress_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban progress`, each action's by itself."""
    from . import progress_command as run

    command.epilog = f"{_USAGE}\n{command.epilog}"
    actions = _actions(command)
    add = actions.add_parser("add", help="登记进展或证明材料 / enter progress or evidence")
    add.add_argument(
        "--task", metavar="N", action="append", required=True,
        help="任务编号或路径，可多次写 / the task's number or path, may be repeated",
    )  # fmt: skip
    _notice(add, required=True)
    add.add_argument("--piece", metavar="P", default="", help="target:1、measure:2 / a piece of the task")
    add.add_argument("--value", metavar="V", help="完成情况：数或文字 / what was reached")
    _signature(add)
    proof = add.add_mutually_exclusive_group()
    proof.add_argument(
        "--evidence", metavar="NUMBER|FILE", help="证明材料：文号或文件 / a document number or a file"
    )
    proof.add_argument("--receipt", metavar="NUMBER", help="涉密材料的线下收文号 / receipt of an offline one")
    add.add_argument(
        "--sort", metavar="S", help="材料种类 / kind of evidence (文件文号、会议纪要、统计报表…)"
    )
    _registry(add)
    add.set_defaults(run=run.add)

    listed = actions.add_parser("list", help="列出登记的条目 / list the entries")
    _notice(listed, required=False)
    listed.add_argument("--task", metavar="N", help="任务编号或路径 / the task's number or path")
    listed.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式 / output format"
    )
    _registry(listed)
    listed.set_defaults(run=run.list_entries)

    undone = actions.add_parser("undo", help="撤销一条，原条目保留 / take an entry back by a new one")
    undone.add_argument("number", metavar="NUMBER", type=int, help="条目编号 / the entry's number")
    _signature(undone)
    _registry(undone)
    undone.set_defaults(run=run.undo_entry)


def audit_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban audit`."""
    from . import progress_command as run

    command.epilog = f"{_AUDIT_USAGE}\n{command.epilog}"
    verify = _actions(command).add_parser("verify", help="核对登记链 / check that no entry was altered")
    verify.add_argument(
        "--head", metavar="N:HASH", help="上次核对显示的末条 / the last entry as an earlier check showed it"
    )
    _registry(verify)
    verify.set_defaults(run=run.audit_verify)


def _actions(command: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    return command.add_subparsers(
        title="做什么 / actions", metavar="ACTION", dest="action", required=True, parser_class=type(command)
    )


def _notice(action: argparse.ArgumentParser, *, required: bool) -> None:
    words = "通知：编号、文号或标题的一部分 / id, number or part of the title"
    action.add_argument("--notice", metavar="X", required=required, help=words)


def _signature(action: argparse.ArgumentParser) -> None:
    action.add_argument("--by", metavar="WHO", required=True, help="登记人 / who enters it")
    action.add_argument("--on", metavar="DATE", required=True, help="日期，2021-06-30 / the day")
    action.add_argument("--note", metavar="WORDS", default="", help="说明 / a remark")


def _registry(action: argparse.ArgumentParser) -> None:
    action.add_argument("--registry", metavar="PATH-OR-URL", help="登记库 / the registry")
