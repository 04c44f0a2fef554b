"""What must hold in a rule pack as a whole, under every combination of readings: weights, names, caps."""

from __future__ import annotations

import itertools
from collections import Counter
from decimal import Decimal

from ..model.errors import RulesError
from .pack import BONUS, DEDUCTION, TOTAL, RulePack, When


def check(pack: RulePack) -> None:
    """Raises RulesError for what does not hold under some combination of the readings that ``when`` names."""
    keys = {track.key for track in pack.tracks}
    if not keys:
        raise RulesError("没有 [[track]]", place=pack.place, remedy="请写考评对象")
    tracked = (
        ("part", pack.parts), ("task_bonus", pack.task_bonus), ("minimum", pack.minimums),
        ("indicator", pack.indicators), ("choice", pack.choices),
    )  # fmt: skip
    for table, entries in tracked:
        for entry in entries:
            if entry.track not in keys:
                raise _fault(pack, f"{table} {entry.track}", "没有这个 track", f"可写 {'、'.join(keys)}")
    voted = {part.key for part in pack.parts if part.ballots}
    for name, rules in (("ballot", pack.ballot_settings), ("ballot_quota", pack.ballot_quotas)):
        for rule in rules:
            if rule.part and rule.part not in voted:
                raise _fault(pack, f"{name}.part", f"“{rule.part}”不以评价票计分",
                             f"可写 {'、'.join(sorted(voted)) or '（没有这样的部分）'}")  # fmt: skip
    settings = Counter(setting.part for setting in pack.ballot_settings).most_common(1)
    if settings and settings[0][1] > 1:
        raise _fault(pack, f"ballot {settings[0][0]}", "同一部分写了两次", "请合并")
    for choice in pack.choices:
        track = pack.track(choice.track)
        if track is not None and track.methods and choice.method not in track.methods:
            raise _fault(pack, f"choice {choice.track}.method", f"这类对象不用“{choice.method}”",
                         f"可写 {'、'.join(track.methods)}")  # fmt: skip
    for item in pack.items:
        if unknown := set(item.tracks) - keys:
            raise _fault(pack, f"item {item.code}.tracks", f"没有 {'、'.join(unknown)}", "请写 track 的 key")
    whens: list[When] = [part.when for part in pack.parts] + [item.when for item in pack.items]
    whens += [bonus.when for bonus in pack.task_bonus] + [limit.when for limit in pack.limits]
    named = sorted({key for when in whens for key, _ in when})
    chosen = pack.chosen()
    ids = {sentence.id: [reading.id for reading in sentence.readings] for sentence in pack.unclear}
    for combination in itertools.product(*(ids[key] for key in named)):
        readings = chosen | dict(zip(named, combination, strict=True))
        told = " ".join(f"{key}={readings[key]}" for key in named)
        held = pack.under(readings)
        for track in held.tracks:
            _check_parts(held, track.key, told)
        _check_items(held, told)


def _check_parts(pack: RulePack, track: str, told: str) -> None:
    parts = {part.key: part for part in pack.parts if part.track == track}
    if len(parts) != sum(part.track == track for part in pack.parts):
        raise _fault(pack, f"part {track}", f"同一个 key 有两项（{told}）", "请检查 key 和 when")
    for key in (TOTAL, *parts):
        children = pack.children(track, key)
        if key == TOTAL and not children:
            raise _fault(pack, f"part {track}", f'没有 parent = "total" 的部分（{told}）', "请写总分的组成")
        averaged = key != TOTAL and parts[key].aggregate == "mean"
        if not children or averaged:
            continue
        place = f"part {track}.{key}"
        if missing := [child.key for child in children if child.weight is None]:
            raise _fault(pack, f"part {track}.{missing[0]}.weight", "缺少权重", '请写 weight = "70%"')
        total = sum((child.weight or Decimal(0) for child in children), Decimal(0))
        if total != 1:
            words = "、".join(f"{child.key} {child.weight}" for child in children)
            raise _fault(pack, f"{place} 的各部分 weight", f"权重之和是 {total}，不是 1：{words}（{told}）",
                         "请改权重，使同一 parent 之下的 weight 合计 100%")  # fmt: skip
    for part in parts.values():
        seen = [part.key]
        while part.parent != TOTAL:
            if part.parent not in parts or part.parent in seen:
                raise _fault(pack, f"part {track}.{part.key}.parent", f"没有上级“{part.parent}”，或上级成环",
                             "parent 要写同一 track 里另一部分的 key")  # fmt: skip
            part = parts[part.parent]
            seen.append(part.key)
    for bonus in pack.task_bonus:
        if bonus.track == track and bonus.into not in (TOTAL, BONUS, *parts):
            raise _fault(pack, f"task_bonus {bonus.role}.into", f"没有“{bonus.into}”", "请写 part 的 key")


def _check_items(pack: RulePack, told: str) -> None:
    twice = Counter((indicator.track, indicator.name) for indicator in pack.indicators).most_common(1)
    if twice and twice[0][1] > 1:
        raise _fault(pack, f"indicator {twice[0][0][1]}", f"写了两次（{told}）", "同名的指标请写明各是哪一项")
    seen = set()
    caps: dict[str, Decimal | None] = {}
    for item in pack.items:
        place = f"item {item.code} {item.variant}".rstrip()
        if (item.code, item.variant) in seen:
            raise _fault(pack, place, f"写了两次（{told}）", "请检查 code、variant 和 when")
        seen.add((item.code, item.variant))
        if caps.setdefault(item.group, item.cap) != item.cap:
            raise _fault(pack, f"{place}.cap", f"同一组 {item.group} 的上限不一致", "请写同一个 cap")
    for kind in (BONUS, DEDUCTION):
        count = sum(limit.kind == kind for limit in pack.limits)
        if any(item.kind == kind for item in pack.items) and count != 1:
            raise _fault(pack, f"limit {kind}", f"总上限应当写一次，现有 {count} 次（{told}）",
                         '请写 [[limit]]，原文没有上限的写 cap = "none"')  # fmt: skip
    for scheme in {band.scheme for band in pack.bands}:
        bands = [band for band in pack.bands if band.scheme == scheme]
        least = [band.least or Decimal(0) for band in bands]
        if scheme == "floor" and least != sorted(least, reverse=True):
            raise _fault(pack, "band floor", "least 要从高到低", "请调整次序")


def _fault(pack: RulePack, key: str, words: str, remedy: str) -> RulesError:
    return RulesError(words, place=f"{pack.place} {key}", remedy=remedy)
