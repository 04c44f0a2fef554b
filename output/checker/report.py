"""The report of a check as plain values for JSON, and as lines for a person."""

from __future__ import annotations

from typing import Any

from .catalogue import Outcome, Strength
from .checking import Report

_ORDER = (Strength.MUST, Strength.USUAL, Strength.ADVISED, Strength.MAY)


def report_to_dict(report: Report) -> dict[str, Any]:
    """A report as ``duban check --format json`` prints it: findings first, then every rule's outcome."""
    return {
        "file": report.name,
        "kind": report.kind.value,
        "pages": report.pages,
        "rendered": report.pages is not None,
        "not_rendered": report.not_rendered or None,
        "substituted_fonts": [*report.substituted],
        "violations": len(report.violations),
        "findings": [
            {
                "code": result.rule.code,
                "clause": result.rule.clause,
                "strength": result.rule.strength.value,
                "what": result.rule.what,
                "where": fault.where,
                "found": fault.found,
                "expected": fault.expected,
                "remedy": result.rule.remedy,
            }
            for result in report.results
            for fault in result.faults
        ],
        "rules": [
            {
                "code": result.rule.code,
                "clause": result.rule.clause,
                "strength": result.rule.strength.value,
                "what": result.rule.what,
                "outcome": result.outcome.value,
                "reason": result.reason or None,
            }
            for result in report.results
        ],
    }


def report_lines(report: Report, *, shown: int = 5) -> list[str]:
    """A report for a person: what is not met, at most ``shown`` places a rule; then what is open."""
    head = f"{report.name}：{report.kind.value}"
    lines = [f"{head}，{report.pages} 页" if report.pages is not None else f"{head}（{report.not_rendered}）"]
    for strength in _ORDER:
        results = [r for r in report.results if r.faults and r.rule.strength is strength]
        if results:
            lines.append(f"  不符（{strength.value}）：{len(results)} 条")
        for result in results:
            lines.append(f"    {result.rule.clause} {result.rule.what}")
            lines += [f"      {f.where}：现为{f.found}，应为{f.expected}" for f in result.faults[:shown]]
            if len(result.faults) > shown:
                lines.append(f"      …… 另有 {len(result.faults) - shown} 处")
            lines.append(f"      处理办法：{result.rule.remedy}")
    unknown = [r for r in report.results if r.outcome is Outcome.UNKNOWN]
    if unknown:
        lines.append(f"  未核验：{len(unknown)} 条")
        lines += [f"    {r.rule.clause} {r.rule.what}（{r.reason}）" for r in unknown]
    if report.substituted:
        lines.append(f"  字体替代：本机没有 {'、'.join(report.substituted)}，换字体后断行可能不同")
    counts = {outcome: sum(r.outcome is outcome for r in report.results) for outcome in Outcome}
    lines.append("  " + "，".join(f"{outcome.value} {counts[outcome]}" for outcome in Outcome))
    return lines
