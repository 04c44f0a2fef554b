"""A rule pack drafted from what the parser read of a notice; what it could not read is marked as a gap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..model import Notice
from ..model.scoring import Formula, ScoreItem, Scoring, Term
from .draft_indicators import inside_indicator, write_bands, write_indicators
from .draft_writer import Writer
from .recompute import NOT_IN_NAMES

_TRACK_WORDS = (
    ("市", "city"),
    ("部门", "department"),
    ("县", "county"),
    ("区", "district"),
    ("乡", "township"),
)


def draft_pack(notice: Notice) -> str:
    """The TOML of a pack: weights, formulas, items, caps with their quotes and spans. Deterministic.

    Each thing that a pack needs and the notice does not tell is a ``[[gap]]``; a pack with gaps loads and can
    be checked, but scores nothing until a person has filled and deleted them.
    """
    text = notice.source.text
    scoring = notice.scoring or Scoring()
    writer = Writer(text)
    gaps: list[str] = []
    writer.line("# 由程序从通知起草；[[gap]] 是没有读到、须由人补上的内容，补好一处删去一处。")
    writer.line("")
    source = notice.source
    writer.table("[pack]", id=_id(notice), title=notice.title or source.name, scale="100",
                 document=notice.document_number or "", notice=source.name, sha256=source.sha256,
                 year=notice.year or 0)  # fmt: skip
    if notice.year is None:
        gaps.append("没有读到年度（pack.year）")
    tracks = _tracks(scoring.formulas)
    for key, formula in tracks.items():
        writer.table("[[track]]", key=key, name=formula.result, quote=formula.result,
                     span=(formula.span.start, formula.span.start + len(formula.result)))  # fmt: skip
        _parts(writer, gaps, key, "total", formula.terms)
    if not tracks:
        gaps.append("没有读到计分公式：请写考评对象（track）和总分的组成（part）")
        writer.table("[[track]]", key="unit", name="考评对象")
        writer.table(
            "[[part]]", track="unit", key="score", name="得分", parent="total", weight="100%", results=True
        )
    _items(writer, gaps, scoring, list(tracks) or ["unit"])
    _task_bonus(writer, gaps, scoring, list(tracks))
    write_indicators(writer, gaps, scoring, list(tracks) or ["unit"])
    write_bands(writer, gaps, scoring)
    if "排序" in text:
        gaps.append("排序评价的名次怎样换成分数（conversion），请确认")
    for words in gaps:
        writer.table("[[gap]]", words=words)
    return writer.text()


def _id(notice: Notice) -> str:
    return notice.document_number or notice.source.name


def _tracks(formulas: Iterable[Formula]) -> dict[str, Formula]:
    made: dict[str, Formula] = {}
    for formula in formulas:
        key = next((key for word, key in _TRACK_WORDS if word in formula.result), "track")
        number = 2
        name = key
        while name in made:
            name, number = f"{key}{number}", number + 1
        made[name] = formula
    return made


def _parts(writer: Writer, gaps: list[str], track: str, parent: str, terms: Sequence[Term]) -> None:
    prefix = "" if parent == "total" else f"{parent}-"
    weighted = [term for term in terms if not re.search(r"加减分|加分|减分", term.name)]
    for index, term in enumerate(weighted, start=1):
        key = f"{prefix}part{index}"
        name = "".join(c for c in term.name if c not in NOT_IN_NAMES)
        if term.weight is None:
            gaps.append(f"{term.name}没有权重（part {track}.{key}.weight）")
        if not name or name[0].isdigit():
            name = f"部分{name}"
        writer.quoted("[[part]]", *term.span, track=track, key=key, name=name, parent=parent,
                      weight=term.weight or "0%")  # fmt: skip
        if term.terms:
            _parts(writer, gaps, track, key, term.terms)


def _items(writer: Writer, gaps: list[str], scoring: Scoring, tracks: list[str]) -> None:
    counts = {"bonus": 0, "deduction": 0}
    last: ScoreItem | None = None
    repeated = Counter(item.span for item in scoring.items)
    kept = [item for item in scoring.items if not inside_indicator(scoring, item)]
    for item in kept:
        if last is None or last.span != item.span:
            counts[item.kind] += 1
        last = item
        code = f"{'B' if item.kind == 'bonus' else 'P'}{counts[item.kind]}"
        each, cap = item.upper or item.value, item.cap
        if item.mode != "each" and cap is None:
            cap = each
        variant = item.variant
        if not variant and repeated[item.span] > 1:
            variant = f"{item.value}分"
            gaps.append(f"{code} 的几个分值各指什么没有读到：{item.text}")
        writer.quoted(
            "[[item]]", *item.span, kind=item.kind, code=code, name=item.text, variant=variant, each=each,
            least=item.value if item.mode == "range" else None, cap=cap or "none", mode=item.mode,
            tracks=tracks,
        )  # fmt: skip
        if item.mode == "proportional":
            gaps.append(f"{code} 按比例加分，按什么数额没有写明：{item.text}")
    for kind in ("bonus", "deduction"):
        caps = [cap for cap in scoring.caps if cap.kind == kind]
        if caps:
            writer.quoted("[[limit]]", *caps[0].span, kind=kind, cap=caps[0].value)
        elif counts[kind]:
            writer.table("[[limit]]", kind=kind, cap="none")
            gaps.append(f"没有读到{'加分' if kind == 'bonus' else '减分'}总上限（limit），请确认确实没有")
    if counts["bonus"] + counts["deduction"] and len(tracks) > 1:
        gaps.append("加减分项适用于哪些对象（item.tracks），请逐项确认")


def _task_bonus(writer: Writer, gaps: list[str], scoring: Scoring, tracks: list[str]) -> None:
    for bonus in scoring.task_bonus:
        role = "lead" if "牵头" in bonus.name else "responsible" if "责任" in bonus.name else ""
        track = "department" if "department" in tracks else (tracks or [""])[0]
        if not role or not track:
            gaps.append(f"任务数量加分的对象没有读到：{bonus.name}")
            continue
        writer.quoted("[[task_bonus]]", *bonus.span, track=track, role=role, name=f"{bonus.name}任务数量加分",
                      value=bonus.value, into="total")  # fmt: skip
        gaps.append(f"{bonus.name}任务数量加分加在哪一部分（task_bonus.into），请确认")
