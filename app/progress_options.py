"""Options of `duban progress` and `duban audit`."""

from __future__ import annotations

import argparse

_USAGE = """\
用法 / usage (TASK: --notice X --task N [--piece P]; SIGNED: --by WHO --on DATE [--note WORDS]):
  duban progress add     TASK --value V [--percent P] [--due D] [--evidence NUMBER|FILE] … SIGNED
  duban progress plan    TASK [--office O] [--person P] [--standard S] [--planned V] SIGNED
  duban progress review  NUMBER (--accept | --return REASON) SIGNED
  duban progress verify  TASK --value V [--percent P] [--due D] SIGNED
  duban progress inspect TASK --sort 督查|暗访 --finding F [--published D] SIGNED
  duban progress stop    TASK --since D [--until D] --reason R SIGNED
  duban progress change  TASK --target T --approval A --effective D [--moved-from D --moved-to D] SIGNED
  duban progress list    [--notice X] [--task N] [--format table|json]
  duban progress undo    NUMBER SIGNED
"""
_AUDIT_USAGE = """\
用法 / usage:
  duban audit verify [--head N:HASH]    核对登记链；--head 为上次显示的末条 / against the head shown before
  duban audit rebuild                   由登记重建现状索引 / make the index of what counts today anew
"""


def progress_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban progress`, each action's by itself."""
    from . import progress_command as run
    from . import progress_kinds as kinds

    command.epilog = f"{_USAGE}\n{command.epilog}"
    actions = _actions(command)
    for name, words, build, act in (
        ("add", "登记进展或证明材料 / enter progress or evidence", _add, run.add),
        ("plan", "登记处室、责任人、完成标准 / who does it, when it counts as done", _plan, kinds.plan),
        ("review", "审核一条进展 / accept or return a report", _review, kinds.review),
        ("verify", "登记实地核验 / enter what was found on the spot", _verify, kinds.verify),
        ("inspect", "登记督查、暗访发现 / enter a finding", _inspect, kinds.inspect),
        ("stop", "外部原因停表 / the clock stands", _stop, kinds.stop),
        ("change", "经批准的目标调整或延期 / an approved change", _change, kinds.change),
        ("list", "列出登记的条目 / list the entries", _list, run.list_entries),
        ("undo", "撤销一条，原条目保留 / take an entry back by a new one", _undo, run.undo_entry),
    ):
        action = actions.add_parser(name, help=words, description=words)
        build(action)
        _registry(action)
        action.set_defaults(run=act)


def _add(action: argparse.ArgumentParser) -> None:
    _about(action)
    action.add_argument("--value", metavar="V", help="完成情况：数或文字 / what was reached")
    _share(action)
    action.add_argument("--problem", metavar="WORDS", default="", help="存在问题 / what stands in the way")
    action.add_argument("--next", metavar="WORDS", default="", help="下步打算 / what comes next")
    action.add_argument("--completed-on", metavar="D", help="办结日 / the day on which it was done")
    _signature(action)
    proof = action.add_mutually_exclusive_group()
    proof.add_argument(
        "--evidence", metavar="NUMBER|FILE", help="证明材料：文号或文件 / a document number or a file"
    )
    proof.add_argument("--receipt", metavar="NUMBER", help="涉密材料的线下收文号 / receipt of an offline one")
    action.add_argument(
        "--sort", metavar="S", help="材料种类 / kind of evidence (文件文号、会议纪要、统计报表…)"
    )


def _plan(action: argparse.ArgumentParser) -> None:
    _about(action)
    action.add_argument("--unit", metavar="U", default="", help="哪个单位的 / of which unit")
    action.add_argument("--office", metavar="O", default="", help="责任处室 / division")
    action.add_argument("--person", metavar="P", default="", help="责任人 / person")
    action.add_argument("--standard", metavar="S", default="", help="完成标准 / when it counts as done")
    action.add_argument("--planned", metavar="V", default="", help="计划值 / value planned")
    _signature(action)


def _review(action: argparse.ArgumentParser) -> None:
    action.add_argument("number", metavar="NUMBER", type=int, help="进展条目的编号 / the report's number")
    verdict = action.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--accept", action="store_true", help="认可 / accepted")
    verdict.add_argument("--return", dest="returned", metavar="REASON", help="退回及理由 / returned, and why")
    _signature(action)


def _verify(action: argparse.ArgumentParser) -> None:
    _about(action)
    action.add_argument("--value", metavar="V", required=True, help="核验情况 / what was found")
    _share(action)
    _signature(action)


def _inspect(action: argparse.ArgumentParser) -> None:
    _about(action)
    action.add_argument("--sort", metavar="S", required=True, help="督查 或 暗访 / kind")
    action.add_argument("--finding", metavar="F", required=True, help="发现的情况 / what was found")
    action.add_argument("--unit", metavar="U", default="", help="涉及单位 / which unit it is about")
    action.add_argument("--published", metavar="D", help="通报日 / the day on which the unit was told")
    _signature(action)


def _stop(action: argparse.ArgumentParser) -> None:
    _about(action)
    action.add_argument("--since", metavar="D", required=True, help="起 / first day")
    action.add_argument("--until", metavar="D", help="止；不写为仍在停 / last day")
    action.add_argument("--reason", metavar="R", required=True, help="原因 / why")
    _signature(action)


def _change(action: argparse.ArgumentParser) -> None:
    _about(action)
    action.add_argument("--target", metavar="T", required=True, help="调整后的目标 / the changed target")
    action.add_argument("--approval", metavar="A", required=True, help="批准文号 / approved by")
    action.add_argument("--effective", metavar="D", required=True, help="生效日 / in force from")
    action.add_argument("--moved-from", metavar="D", help="原节点 / the milestone's day in the notice")
    action.add_argument("--moved-to", metavar="D", help="新节点 / its new day")
    _signature(action)


def _list(action: argparse.ArgumentParser) -> None:
    _notice(action, required=False)
    action.add_argument("--task", metavar="N", help="任务编号或路径 / the task's number or path")
    action.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式 / output format"
    )


def _undo(action: argparse.ArgumentParser) -> None:
    action.add_argument("number", metavar="NUMBER", type=int, help="条目编号 / the entry's number")
    _signature(action)


def _about(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--task", metavar="N", action="append", required=True,
        help="任务编号或路径，可多次写；69/measure:2 为其中一条 / number or path, may be repeated",
    )  # fmt: skip
    _notice(action, required=True)
    action.add_argument("--piece", metavar="P", default="", help="target:1、measure:2 / a piece of the task")


def _share(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--percent", metavar="P", default="", type=_rate, help="完成比例，80；100 为完成 / completion rate"
    )
    action.add_argument("--due", metavar="D", default="", help="哪个节点 / which milestone, by its day")
    action.add_argument("--unit", metavar="U", default="", help="哪个单位的 / of which unit")


def _rate(text: str) -> str:
    """A completion rate with or without its sign: 60%."""
    return text.strip().rstrip("%％").strip()


def audit_options(command: argparse.ArgumentParser) -> None:
    """The options of `duban audit`."""
    from . import progress_command as run

    command.epilog = f"{_AUDIT_USAGE}\n{command.epilog}"
    actions = _actions(command)
    verify = actions.add_parser("verify", help="核对登记链 / check that no entry was altered")
    verify.add_argument(
        "--head", metavar="N:HASH", help="上次核对显示的末条 / the last entry as an earlier check showed it"
    )
    _registry(verify)
    verify.set_defaults(run=run.audit_verify)
    rebuild = actions.add_parser("rebuild", help="重建现状索引 / make the index of what counts anew")
    _registry(rebuild)
    rebuild.set_defaults(run=run.audit_rebuild)


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
