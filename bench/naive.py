"""The strip-split-findall script that an office would write first: fast, and it throws positions away."""

from __future__ import annotations

import re
from typing import TypedDict


class NaiveTask(TypedDict):
    """What the script keeps of a task. No spans, no evidence; ``units`` is whatever stood in the bracket."""

    number: int
    statement: str
    units: list[str]
    targets: list[str]
    measures: list[str]


def parse(text: str) -> list[NaiveTask]:
    """Tasks of a notice of the 2021 kind, as such scripts read it.

    Known to be wrong: it misses a clause in 〔 〕, puts ``,配合单位:…`` into a unit's name, and never sees an
    item whose marker was lost.
    """
    tasks: list[NaiveTask] = []
    for line in text.split("\n"):
        line = line.strip()
        head = re.match(r"(\d+)\.(.*?)\((?:责任单位|牵头单位):(.*)\)$", line)
        if head:
            tasks.append(
                {
                    "number": int(head[1]),
                    "statement": head[2],
                    "units": head[3].split("、"),
                    "targets": [],
                    "measures": [],
                }
            )
        elif tasks and line.startswith("年度目标:"):
            tasks[-1]["targets"] = re.findall(r"[①-⑩]([^①-⑩]+)", line) or [line[5:]]
        elif tasks and line.startswith("落实措施:"):
            tasks[-1]["measures"] = re.findall(r"[①-⑩]([^①-⑩]+)", line) or [line[5:]]
    return tasks
