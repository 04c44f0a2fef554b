"""Options of `duban report` for documents on scores and on progress; light, for the help."""

from __future__ import annotations

import argparse


def result_options(command: argparse.ArgumentParser) -> None:
    """Where scores come from, which lights and sheets, until when an answer is asked for."""
    add = command.add_argument
    add("--sheet", choices=("蓝", "黄", "红"), help="只要一色的单（催办单）/ sheets of one colour")
    add("--light-rule", metavar="FILE", help="亮灯规则 / rule of the lights, lights.toml")
    add("--reply-by", metavar="D", help="答复、申诉截止日 / last day to answer or object")
    add("--rules", metavar="PACK", help="考评规则 / rule pack")
    add("--year", type=int, metavar="Y", help="规则的年度 / the rules' year")
    add("--inputs", metavar="FILE.json", help="考评成绩 / the scores' inputs")
    add("--ballots", metavar="PART=FILE.xlsx", action="append", default=[], help="评价票 / ballots of a part")
    add(
        "--missing",
        choices=("zero", "leave"),
        help="没有结果的任务：按0分，或不计入 / tasks without a result",
    )
    add("--track", metavar="T", help="只写一类对象 / one track only")
    add("--reading", metavar="ID=R", action="append", default=[], help="换一种读法 / another reading")
    add("--rounds", metavar="FILE", help="轮次记录 / the file of rounds")
    add("--name", metavar="ROUND", help="已锁定的轮次 / a locked round")
