"""Options of `duban score` and `duban rules`."""

from __future__ import annotations

import argparse

SCORE_ACTIONS = {
    "explain": "一个单位的得分从哪里来 / where a unit's score comes from",
    "readings": "各种读法下的得分 / scores under every reading of unclear sentences",
    "counts": "指标数、补充、任务数量加分 / indicators per unit, shortfalls, task-count bonus",
    "ballots": "检查评价票 / check ballots of an Excel file",
    "lock": "锁定一轮结果 / lock a round's results",
    "approve": "记录审批 / record a stage of the approval",
    "appeal": "申诉复核，列出差异 / score anew after an appeal, with the difference",
    "rounds": "已锁定的各轮 / the rounds that are locked",
}


def score_options(command: argparse.ArgumentParser) -> None:
    """``duban score [ACTION] [UNIT]``; without an action the results."""
    from .score_command import score

    wide = max(map(len, SCORE_ACTIONS))
    listed = "\n".join(f"  {name:{wide}}  {words}" for name, words in SCORE_ACTIONS.items())
    command.description = f"{command.description}\n\n动作 / actions:\n{listed}"
    command.add_argument(
        "action",
        metavar="ACTION",
        nargs="?",
        choices=SCORE_ACTIONS,
        help="动作，不写则计分 / what to do (default: score)",
    )
    command.add_argument("name", metavar="NAME", nargs="?", help="单位、文件或轮次 / unit, file or round")
    command.add_argument(
        "--rules", metavar="PACK", help="规则：文件，或自带规则的名称 / rule pack: a file or a name"
    )
    command.add_argument("--year", type=int, metavar="Y", help="年度 / the rules' year")
    command.add_argument("--inputs", metavar="FILE.json", help="各部分得分和加减分 / the parts of the scores")
    command.add_argument(
        "--as-of", metavar="DATE", help="从登记库计分，算到这一天 / from the registry, up to this day"
    )
    command.add_argument(
        "--missing", choices=("zero", "leave"),
        help="没有结果的任务：按0分，或不计入 / tasks without a result: 0 marks, or left out",
    )  # fmt: skip
    command.add_argument("--registry", metavar="PATH-OR-URL", help="登记库 / the registry")
    command.add_argument(
        "--ballots", metavar="PART=FILE.xlsx", action="append", default=[],
        help="评价票，可多次写 / ballots of a part, may be repeated",
    )  # fmt: skip
    command.add_argument("--track", metavar="T", help="只看一类对象 / one track only (city, department …)")
    command.add_argument(
        "--reading",
        metavar="ID=READING",
        action="append",
        default=[],
        help="换一种读法 / another reading of a sentence",
    )
    command.add_argument(
        "--notice",
        metavar="X",
        help="登记库中的通知；counts 为文件 / the notice in the registry; for counts a file",
    )
    command.add_argument("--part", metavar="P", help="评价票属于哪一部分 / the part that ballots are for")
    command.add_argument(
        "--statistics", action="store_true",
        help="评价票的一致程度、分管领导的影响 / agreement of ballots, effect of a superior",
    )  # fmt: skip
    command.add_argument("--rounds", metavar="FILE", help="轮次记录 / the file of rounds")
    command.add_argument("--by", metavar="WHO", help="经办人 / who does it")
    command.add_argument("--on", metavar="DATE", help="日期，2019-01-20 / the day")
    command.add_argument("--stage", metavar="KEY", help="审批环节 / stage of the approval")
    command.add_argument(
        "--return", dest="returned", action="store_true", help="退回 / returned, not approved"
    )
    command.add_argument(
        "--words", metavar="TEXT", default="", help="会议纪要号或意见 / minutes number or remarks"
    )
    command.add_argument(
        "--format", choices=("json", "table"), default="table", help="输出格式 / output format"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a file")
    command.set_defaults(run=score)


def rules_options(command: argparse.ArgumentParser) -> None:
    """``duban rules draft NOTICE`` and ``duban rules check PACK``."""
    from .rules_command import rules

    command.add_argument(
        "action", choices=("draft", "check"), metavar="ACTION",
        help="draft 从通知起草规则 / a pack from a notice; check 检查规则 / check a pack",
    )  # fmt: skip
    command.add_argument("file", metavar="FILE", help="通知，或规则文件 / notice, or pack")
    command.add_argument(
        "--notice", metavar="FILE", help="核对引文的通知（check）/ the notice to hold quotes against"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a file")
    command.set_defaults(run=rules)
