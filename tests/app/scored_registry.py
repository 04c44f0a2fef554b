"""A small registry with a rule pack, entries written in short, and what the scorer takes from them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from duban.app.corpus import directory
from duban.app.score_inputs import LEAVE, Gathered, gather
from duban.extract import parse, text_source
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append
from duban.model.progress.records import (
    Record,
    Review,
    Status,
    Verification,
)
from duban.model.registry import open_registry, reading
from duban.model.registry.store import Registry
from duban.score.decimals import plain
from duban.score.pack_file import load_pack
from duban.score.results import TaskResult

TEXT = """关于下达重点任务的通知
辽政办发〔2024〕9号
2024年1月10日
一、重点任务
1.地区生产总值增长6%。(责任单位:省发展改革委、各市人民政府)
2.新增贷款100亿元,新增社会融资200亿元。(责任单位:省财政厅)
3.城镇登记失业率控制在5%以内,6月底前完成。(责任单位:沈阳市人民政府)
4.建设科技馆。(责任单位:省科技厅、相关市人民政府)
5.新建高标准农田100万亩,其中沈阳60万亩、大连40万亩。(责任单位:沈阳市人民政府、大连市人民政府)
6.居民收入增长5%左右。(责任单位:大连市人民政府)
7.新增就业50万人。(责任单位:各市人民政府)
"""
PACK = """
[pack]
id = "T"
title = "试行办法"
document = "辽政办发〔2024〕9号"
year = 2024
[[track]]
key = "city"
name = "市"
members = ["沈阳市", "大连市"]
[[part]]
track = "city"
key = "work"
name = "工作"
parent = "total"
weight = "80%"
results = true
[[part]]
track = "city"
key = "vote"
name = "评议"
parent = "total"
weight = "20%"
ballots = "leaders"
[[track]]
key = "department"
name = "部门"
members = ["省发展改革委", "省财政厅", "省科技厅"]
[[part]]
track = "department"
key = "tasks"
name = "任务"
parent = "total"
weight = "100%"
results = true
[[choice]]
track = "department"
kind = "numeric"
method = "直接扣分法"
[[choice]]
track = "department"
kind = "comparable"
method = "直接扣分法"
[[conversion]]
form = "linear"
[[item]]
kind = "deduction"
code = "P3"
name = "慢作为"
each = "0.2"
cap = "none"
tracks = ["city", "department"]
[[limit]]
kind = "deduction"
cap = "none"
[[node_deduction]]
key = "late"
name = "逾期"
amount = "0.2"
[[node_deduction]]
key = "quantity"
name = "数量"
amount = "0.3"
[[node_deduction]]
key = "quality"
name = "质量"
amount = "0.4"
[[option]]
name = "inspection_code"
value = "P3"
"""
_STEP = re.compile(r"(\d+)([+!?x])([^=/@]*)(?:=([^/@]*))?(?:/([\d.]+))?(?:@([\d-]+))?")


def registry(path: Path | str) -> Registry:
    made = open_registry(path)
    notice = parse(text_source(TEXT, "t.txt"), directory=directory())
    assert len(notice.tasks) == 7
    made.ingest(notice, TEXT.encode())
    return made


def enter(made: Registry, steps: str) -> None:
    """``1+沈阳市=6.2%/80@03-31``: task 1, of 沈阳市, value, completion rate, day; ``+`` accepted, ``?``
    not looked at, ``x`` returned, ``!`` found on the spot."""
    for step in steps.split():
        match = _STEP.fullmatch(step)
        assert match, step
        task, kind, unit, value, percent, day = match.groups()
        on = f"2024-{day or '12-30'}"
        about = Identity(1, task)
        sort = Verification if kind == "!" else Status
        record: Record = sort(value or "办了", percent=percent or "", unit=unit)
        entry = append(made, [Draft(about, record, "张三", on)])[0]
        if kind in "+x":
            append(made, [Draft(about, Review(entry.number, kind == "+", "不实"), "李四", on)])


def gathered(
    path: Path | str, *, day: str = "2024-12-30", missing: str = LEAVE, pack: str = PACK, **more: Any
) -> list[Gathered]:
    rules = load_pack(pack, "t.toml")
    with reading(path) as reader:
        return gather(reader, rules, day, directory(), rules.chosen(), missing=missing, **more)


def shown(result: TaskResult) -> str:
    """``1 沈阳市 完成比例法 6.2/6 of 100``; deductions behind."""
    task = result.task.removeprefix("第").partition("项")[0]
    figures = (
        "" if result.actual is None else f" {plain(result.actual)}/{plain(result.target or result.actual)}"
    )
    lost = "".join(f" -{plain(d.amount)}" for d in result.deductions)
    way = " ".join(f"{k}={v}" for k, v in result.settings.items())
    return f"{task} {result.unit} {result.method}{figures} of {plain(result.full)}{lost} {way}".rstrip()
