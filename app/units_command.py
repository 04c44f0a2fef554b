"""`duban units`: what the unit directory holds, an office's own lists, names that nobody knows yet."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from ..model.errors import InputError, UnitFileError, UsageError
from ..model.folding import fold_name
from ..model.units import UnitDirectory, load_directory
from ..model.units.loading import data_of
from ..model.units.suggesting import Resolution, likely_units, resolutions
from ..model.units.writing import TextFile, to_toml
from ..output.files import write_whole
from .console import put, say, show_failures
from .corpus import all_files, directory, own_units_files, own_units_folder
from .text_table import lay_out, one_line

_LEVELS = {"central": "中央", "province": "省", "city": "市", "county": "县"}
_KINDS = {
    "government": "政府", "department": "部门", "vertical": "垂管", "enterprise": "企业", "party": "党委",
    "mass": "群团", "institution": "事业", "other": "其他",
}  # fmt: skip
_STEPS = {"rename": "更名", "merge": "合并", "split": "拆分", "transfer": "职责划转", "abolish": "撤销"}
_STATUS = {"unknown": "不认识", "open": "泛指", "group": "群体", "unit": "单位"}
#: Names that a person confirmed one by one stand in this file.
_CONFIRMED = "confirmed.toml"
_SEPARATOR = re.compile(r"[,，、;；]")


def list_units(options: argparse.Namespace) -> int:
    """Every unit with its names and what became of it."""
    known = directory()
    wanted = list(known.units)
    if options.unit:
        wanted = list(known.homonyms(options.unit)) or [options.unit]
        if wanted[0] not in known.units:
            say(f"名录中没有“{options.unit}”{_perhaps(options.unit, known)}")
            return 1
    if options.format == "json":
        from ..model.border import record_to_json

        rows = [_record(unit, known) for unit in wanted]
        put((record_to_json(rows) + "\n").encode(), None)
        return 0
    table = [
        [
            known.units[unit].name,
            _LEVELS[known.units[unit].level] + _KINDS[known.units[unit].kind],
            "、".join(known.names_of(unit)[1:]),
            "；".join(_told(unit, known)),
            unit,
        ]
        for unit in wanted
    ]
    put(lay_out(["单位", "层级类别", "其他名称", "沿革", "编号"], table, [30, 8, 44, 60, 40]).encode(), None)
    say(f"共 {len(wanted)} 个单位、{len(known.groups)} 个群体")
    return 0


def _told(unit: str, known: UnitDirectory) -> list[str]:
    """Each step of the unit's lineage in words."""
    told = []
    for step in known.steps_of(unit):
        before = known.units[step.predecessor].name
        after = known.units[step.successor].name if step.successor else ""
        words = f"由{before}{_STEPS[step.kind]}" if step.successor == unit else f"{_STEPS[step.kind]}{after}"
        told.append(
            f"{step.date or ''}{words}" + (f"（{step.scope}）" if step.scope else "")
            + ("" if step.confirmed else "（待确认）")
        )  # fmt: skip
    return told


def _record(unit: str, known: UnitDirectory) -> dict[str, Any]:
    entry = known.units[unit]
    return {
        "id": unit,
        "name": entry.name,
        "level": entry.level,
        "kind": entry.kind,
        "names": [
            {"text": f.text, "kind": f.kind, "from": f.valid_from, "until": f.valid_to, "source": f.source}
            for f in entry.forms
        ],
        "lineage": [
            {
                "from": step.predecessor, "to": step.successor, "kind": step.kind, "date": step.date,
                "scope": step.scope, "source": step.source, "confirmed": step.confirmed,
            }
            for step in known.steps_of(unit)
        ],
        "groups": [*known.groups_of(unit)],
    }  # fmt: skip


def check(options: argparse.Namespace) -> int:
    """Read the lists that are in use, and those that are named; each mistake is one message."""
    named = [Path(file) for file in options.files]
    failures: list[InputError] = []
    for path in named:
        try:
            told = options.region or options.marks or options.prefix
            data = data_of(path)
            if not any(data.get(part) for part in data if part != "region"):
                raise UnitFileError("名录是空的", place=str(path), remedy="请检查是否存错了文件")
            checked = TextFile(f"{path}（按所写的地区）", to_toml(_as_told(path, options))) if told else path
            load_directory(*(f for f in all_files() if not _same(f, path)), checked)
        except UnitFileError as error:
            failures.append(error)
    for path in own_units_files():
        say(f"在用：{path}")
    known = directory()
    show_failures(failures)
    same = [name for name, unit in known.all_names() if len(known.homonyms(name)) > 1 and unit]
    for name in sorted(set(same)):
        say(f"同名：{one_line(name)} → {'、'.join(known.homonyms(name))}，按通知的地区和日期区分")
    if failures:
        return UnitFileError.exit_status if len(failures) == len(named) else 1
    say(f"没有错误：{len(known.units)} 个单位、{len(known.groups)} 个群体、{len(known.lineage)} 条沿革")
    return 0


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; a list that is in use is not held against itself."""
    return one.resolve() == other.resolve()


def add(options: argparse.Namespace) -> int:
    """Take a list into the office's folder, or a name that a person confirmed."""
    if options.name is not None:
        if options.files or not options.unit or not options.name.strip():
            raise UsageError(
                "add --name 要同时写 --unit，不写文件", remedy="例如 add --name 省财厅 --unit 省财政厅"
            )
        return _add_name(options)
    if not options.files:
        raise UsageError("没有写添加什么", remedy="请写名录文件，或 --name 名称 --unit 单位")
    for name in options.files:
        path = Path(name)
        data = _as_told(path, options)
        region = data.get("region", {})
        target = own_units_folder() / f"{region.get('id', path.stem)}.toml"
        if target.exists() and not options.replace:
            raise UsageError(f"已有同名的名录 {target}", remedy="要替换它请加 --replace")
        text = to_toml(data)
        others = [file for file in all_files() if file != target]
        checked = load_directory(*others, TextFile(f"{path}（转成的 TOML）", text))
        write_whole(target, text.encode())
        print(one_line(str(target)))
        say(f"已添加；现有 {len(checked.units)} 个单位")
        if not region.get("marks"):
            say("没有写 --marks：其中的名称在任何通知里都算数")
    return 0


def _as_told(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The content of a list, its region as the options tell it."""
    data = data_of(path)
    region = dict(data.get("region", {}))
    old = region.get("id", "")
    given = {
        "id": options.region,
        "marks": _SEPARATOR.split(options.marks) if options.marks else None,
        "prefix": options.prefix,
    }
    region |= {key: value for key, value in given.items() if value}
    if region:
        data["region"] = region
    if options.region and old and options.region != old:
        for unit in data.get("unit", ()):  # a spreadsheet's ids begin with the file's name
            unit["id"] = re.sub(rf"^{re.escape(old)}/", f"{options.region}/", unit["id"])
    return data


def _add_name(options: argparse.Namespace) -> int:
    known = directory()
    unit = known.resolve(options.unit)
    if unit is None:
        same = known.homonyms(options.unit)
        told = f"“{options.unit}”可指 {'、'.join(same)}" if same else f"名录中没有“{options.unit}”"
        raise UsageError(told, remedy=f"请写编号或名录中的名称{_perhaps(options.unit, known)}")
    if unit in known.homonyms(options.name):
        say(f"{options.name} 已经是 {known.units[unit].name} 的名称")
        return 0
    target = own_units_folder() / _CONFIRMED
    data = data_of(target) if target.exists() else {}
    names = [*data.get("name", ()), {
        "unit": unit, "text": options.name.strip(), "kind": options.kind, "source": options.source,
    }]  # fmt: skip
    text = to_toml({**data, "name": names})
    load_directory(*(file for file in all_files() if file != target), TextFile(str(target), text))
    write_whole(target, text.encode())
    say(f"已记下：{options.name} 即 {known.units[unit].name}（{target}）")
    return 0


def suggest(options: argparse.Namespace) -> int:
    """Names that no directory knows, in notices or in the registry, with units they may mean."""
    known = directory()
    failures: list[InputError] = []
    found = _of_notices(options, known, failures) if options.files else _of_registry(options, known)
    shown = [r for r in found if options.all or r.status == "unknown"]
    likely = {r.text: likely_units(r.text, known) for r in shown if r.status == "unknown"}
    if options.format == "json":
        from ..model.border import record_to_json

        rows = [
            {
                "text": r.text, "mentions": r.mentions, "status": r.status, "id": r.id,
                "likely": [
                    {"unit": u.unit, "name": u.name, "score": u.score} for u in likely.get(r.text, ())
                ],
            }
            for r in shown
        ]  # fmt: skip
        put((record_to_json(rows) + "\n").encode("utf-8", "replace"), None)
    else:
        table = [
            [
                r.text,
                str(r.mentions),
                _STATUS[r.status],
                r.id
                or "、".join(f"{u.name}〔{u.unit.partition('/')[0]}〕{u.score:.0f}" for u in likely[r.text]),
            ]
            for r in shown
        ]
        put(
            lay_out(["名称", "次数", "结果", "编号或可能所指"], table, [44, 6, 8, 72]).encode(
                "utf-8", "replace"
            ),
            None,
        )
    unknown = sum(r.status == "unknown" for r in found)
    say(
        f"共 {len(found)} 个名称，其中 {unknown} 个不认识"
        + ("；确认后请用 duban units add --name 名称 --unit 单位" if unknown else "")
    )
    show_failures(failures)
    if failures:
        return 1 if found else InputError.exit_status
    return 0


def _of_notices(
    options: argparse.Namespace, known: UnitDirectory, failures: list[InputError]
) -> tuple[Resolution, ...]:
    from ..extract import parse
    from ..extract.readers import read
    from .files import each
    from .reading_options import read_options

    parties = []
    for file, raw in each(options.files, failures):
        try:
            notice = parse(read(raw, file.name, read_options(options)), directory=known)
        except InputError as error:
            error.place = file.label
            failures.append(error)
            continue
        parties += [
            *notice.parties(),
            *(p for s in notice.sections for a in s.assignments for p in a.parties),
        ]
    return resolutions(parties, known)


def _of_registry(options: argparse.Namespace, known: UnitDirectory) -> tuple[Resolution, ...]:
    from ..model.registry import default_registry_path
    from ..model.registry.mentions import mentioned

    return resolutions(mentioned(options.registry or str(default_registry_path())), known)


def _perhaps(name: str, known: UnitDirectory) -> str:
    likely = likely_units(fold_name(name), known)
    return "；相近的有：" + "、".join(unit.name for unit in likely) if likely else ""
