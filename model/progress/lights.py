"""Lights: the colour of a milestone on a day, by a rule that an office may edit (requirements R32)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import ProgressError
from ..reasons import system_reason, toml_reason


class Light(StrEnum):
    """The state of a milestone; never told by colour alone."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREY = "grey"
    SUSPENDED = "suspended"
    DONE = "done"

    @property
    def word(self) -> str:
        """What people call it."""
        return _WORDS[self]


_WORDS = {
    Light.RED: "红灯", Light.YELLOW: "黄灯", Light.BLUE: "蓝灯", Light.GREY: "未到期",
    Light.SUSPENDED: "暂停", Light.DONE: "已完成",
}  # fmt: skip
#: Begins the reason of a supplied quarter that has passed in silence.
UNREPORTED = "季度调度节点已过"
#: The gravest first: of a task's open milestones the gravest counts.
GRAVEST = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREY, Light.SUSPENDED, Light.DONE)


def gravest(lights: Sequence[Light]) -> Light:
    """The gravest of some lights; grey for none."""
    return lights[0] if len(lights) == 1 else min(lights, key=GRAVEST.index, default=Light.GREY)


@dataclass(frozen=True, slots=True)
class LightRule:
    """What an office may set; ``corpus/lights.toml`` holds the default and says what each means."""

    #: Blue this many days before the day that a milestone is due, and on that day.
    soon_days: int = 7
    #: Yellow so many points of a hundred behind the time that has passed.
    behind_points: Decimal = Decimal(10)
    #: Light of what was done after its day: ``yellow``, or ``done``.
    late: Light = Light.YELLOW
    #: Light of a quarter that the office supplied and that passed without an accepted report: ``red``, or
    #: ``yellow``, which is not late and puts the task into no class by itself.
    quarter: Light = Light.RED
    #: Whether silence counts as a completion rate of 0.
    silence_is_behind: bool = False
    #: 超进度: so many points of a hundred ahead of the time.
    ahead_points: Decimal = Decimal(10)
    #: Cells that a unit may have to fill in a month before a warning is given.
    most_cells: int = 300


#: The lights that may be chosen, the default first.
_CHOICES = {"late": (Light.YELLOW, Light.DONE), "quarter": (Light.RED, Light.YELLOW)}


def read_light_rule(path: Path | None = None) -> LightRule:
    """The rule of a TOML file, whose keys are those of :class:`LightRule`; the default without a file.

    Raises ProgressError that names file and key.
    """
    if path is None:
        return LightRule()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProgressError(
            f"读不了（{system_reason(error)}）", place=str(path), remedy="请检查文件名和权限"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProgressError(
            f"不是 TOML（{_reason(error)}）", place=str(path), remedy="请对照自带的 lights.toml"
        ) from None
    known = {field.name: field.default for field in fields(LightRule)}
    for key in data:
        if key not in known:
            raise ProgressError(f"不认识 {key}", place=str(path), remedy=f"可写 {'、'.join(sorted(known))}")
    return LightRule(**{key: _setting(value, known[key], key, path) for key, value in data.items()})


def _reason(error: ValueError) -> str:
    return "不是 UTF-8" if isinstance(error, UnicodeDecodeError) else toml_reason(error)


def _setting(value: object, like: object, key: str, path: Path) -> Any:
    if isinstance(like, bool):
        if isinstance(value, bool):
            return value
        words = "true 或 false"
    elif isinstance(like, Light):
        allowed = _CHOICES[key]
        if value in allowed:
            return Light(str(value))
        words = " 或 ".join(f'"{one.value}"' for one in allowed)
    elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
        return type(like)(value)  # type: ignore[call-arg]
    else:
        words = "0 至 9999 的整数"
    raise ProgressError(f"{key} 不能是 {value!r}", place=str(path), remedy=f"请写 {words}")


class Seen(NamedTuple):
    """What one side, the unit or the office, sees of a milestone on the day."""

    done: bool = False
    #: Day on which it was done; where it is not, that of the report; empty for none.
    done_on: str = ""
    percent: Decimal | None = None
    #: Why it was returned; empty where it was not.
    returned: str = ""
    #: What stops the clock on the day; empty for nothing.
    stopped: str = ""
    #: Members of a group that have not been heard, while others have; and how many have, in Chinese.
    absent: tuple[str, ...] = ()
    heard: str = ""


def light_of(
    seen: Seen, due: str, *, days_left: int, time_share: Decimal, rule: LightRule, between: bool = False
) -> tuple[Light, str]:
    """The light and why, in Chinese.

    ``due`` is the day in force, ``days_left`` those up to it (negative: passed), ``time_share`` the share of
    the time that has passed, in points of a hundred. ``between``: the day is a quarter's end that the office
    supplied, by which the notice wants nothing finished.
    """
    if seen.done:
        if seen.done_on > due:
            return rule.late, f"逾期完成（{seen.done_on}）"
        return Light.DONE, "按期完成"
    if seen.stopped:
        return Light.SUSPENDED, f"暂停：{seen.stopped}"
    if days_left < 0 and not between:
        return Light.RED, f"逾期{-days_left}天{'，' if seen.heard else ''}{seen.heard}"
    if seen.returned:
        return (rule.quarter if days_left < 0 else Light.YELLOW), f"退回：{seen.returned}"
    percent = seen.percent
    if percent is None and rule.silence_is_behind:
        percent = Decimal(0)
    if percent is not None and time_share - percent >= rule.behind_points:
        return Light.YELLOW, f"进度{_short(percent)}%，慢于时间进度{_short(time_share)}%"
    if days_left < 0:
        return rule.quarter, f"{UNREPORTED}{-days_left}天，{seen.heard or '未报进展'}"
    if days_left <= rule.soon_days:
        return Light.BLUE, "今日到期" if days_left == 0 else f"{days_left}天内到期"
    return Light.GREY, "未到期"


def _short(value: Decimal) -> str:
    """At most one digit behind the point."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")
