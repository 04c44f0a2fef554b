"""督查台账, 催办单, 督查通报, 中期评估通报, 年底绩效对账: golden texts that were read; what is in none."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import progress_made
import pytest
from chart_fonts import needs_font
from commands import Ran, run

GOLDEN = Path(__file__).parent / "golden"
#: The day on which each kind is made.
DAYS = {
    "督查台账": "2024-06-20",
    "督查通报": "2024-06-20",
    "催办单": "2024-06-26",
    "中期评估通报": "2024-06-20",
    "年底绩效对账": "2024-12-31",
}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> str:
    return progress_made.filled(tmp_path_factory.mktemp("progress") / "registry.db")


def report(monkeypatch: pytest.MonkeyPatch, registry: str, kind: str, *arguments: str | Path) -> Ran:
    common = ("--registry", registry, "--notice", "1", "--as-of", DAYS[kind])
    return run(monkeypatch, "report", kind, *common, *arguments)


@needs_font
@pytest.mark.parametrize("kind", DAYS)
def test_the_text_is_the_golden_one(monkeypatch: pytest.MonkeyPatch, registry: str, kind: str) -> None:
    """Where wording changes on purpose: print it with --preview into the file, and read it."""
    shown = report(monkeypatch, registry, kind, "--preview")
    assert shown.status == 0, shown.err
    assert shown.out == (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("day", ["2024-06-04", "2024-06-20", "2024-12-31"])
@pytest.mark.parametrize("kind", DAYS)
def test_what_was_taken_back_or_is_for_the_office_alone_is_in_none(
    monkeypatch: pytest.MonkeyPatch, registry: str, kind: str, day: str
) -> None:
    shown = report(monkeypatch, registry, kind, "--preview", "--as-of", day)
    assert shown.status == 0, shown.err
    assert not [words for words in progress_made.HIDDEN if words in shown.out]
    assert "市" in shown.out


@pytest.mark.parametrize("kind", ["督查通报", "中期评估通报", "年底绩效对账"])
@pytest.mark.parametrize("section", [None, "一", "二", "三"])
@pytest.mark.parametrize("day", ["2024-01-02", "2024-06-20", "2024-12-31"])
def test_shares_sum_to_100_and_counts_to_the_whole(
    monkeypatch: pytest.MonkeyPatch, registry: str, kind: str, section: str | None, day: str
) -> None:
    part = ("--section", section) if section else ()
    shown = report(monkeypatch, registry, kind, "--preview", "--as-of", day, *part)
    overall = next(line for line in shown.out.splitlines() if line.startswith(("共评估", "共核对", "共")))
    counted = re.findall(r"(\d+)[项条]（占([\d.]+)%）", overall)
    assert sum(Decimal(share) for _, share in counted) == 100
    total = re.search(r"(\d+)条承诺|共(?:评估)?(\d+)项任务", overall)
    assert total
    assert sum(int(count) for count, _ in counted) == int(total[1] or total[2])


def test_each_matter_is_a_sheet_of_its_own(
    monkeypatch: pytest.MonkeyPatch, registry: str, tmp_path: Path
) -> None:
    done = report(monkeypatch, registry, "催办单", "--all", "-o", tmp_path)
    assert done.status == 0, done.err
    names = {path.stem for path in tmp_path.glob("*.docx")}
    assert names == {
        "红单-第8项-2024-03-31", "红单-第6项-2024-04-30", "红单-第1项措施②-2024-05-31",
        "黄单-第4项-2024-08-31", "蓝单-第8项-2024-06-30",
    }  # fmt: skip
    shown = report(monkeypatch, registry, "催办单", "--sheet", "蓝", "--preview", "--reply-by", "2024-06-28")
    assert shown.out.count("提醒通知") == 1
    assert "2024年6月28日前填报进展" in shown.out
    one = report(monkeypatch, registry, "催办单", "--unit", "市财政局", "--preview")
    assert one.out.splitlines()[:2] == ["关于2024年重点工作第1项措施②的督办通知", "市财政局："]


def test_one_number_is_not_given_to_several_documents(
    monkeypatch: pytest.MonkeyPatch, registry: str, tmp_path: Path
) -> None:
    head = ("--issuer", "某办公室", "--number", "某督〔2024〕1号")
    done = report(monkeypatch, registry, "催办单", *head, "-o", tmp_path / "单")
    assert done.status == 2
    assert "同一个发文字号" in done.err
    assert not (tmp_path / "单").exists()
    done = report(monkeypatch, registry, "催办单", *head, "--unit", "市财政局", "-o", tmp_path / "单.docx")
    assert done.status == 0, done.err


def test_a_unit_s_ledger_has_its_own_rows_only(monkeypatch: pytest.MonkeyPatch, registry: str) -> None:
    shown = report(monkeypatch, registry, "督查台账", "--unit", "市财政局", "--preview")
    rows = [line.split("｜") for line in shown.out.splitlines() if "｜" in line][1:]
    assert rows
    assert [row[0] for row in rows] == ["1", "1措施②", "2"]
    assert all("市财政局" in row[2] for row in rows)
    shown = report(monkeypatch, registry, "年底绩效对账", "--unit", "市财政局", "--preview")
    rows = [line.split("｜") for line in shown.out.splitlines() if "｜" in line][1:]
    assert [row[0] for row in rows] == ["1目标②", "1措施②", "2"]


def test_an_office_s_rule_of_lights_is_followed(
    monkeypatch: pytest.MonkeyPatch, registry: str, tmp_path: Path
) -> None:
    rule = tmp_path / "lights.toml"
    rule.write_text("soon_days = 0\n", encoding="utf-8")
    shown = report(monkeypatch, registry, "催办单", "--light-rule", rule, "--sheet", "蓝", "--preview")
    assert (shown.status, shown.out) == (1, "")
    rule.write_text("soon = 0\n", encoding="utf-8")
    done = report(monkeypatch, registry, "催办单", "--light-rule", rule, "--preview")
    assert done.status == 1
    assert "不认识 soon" in done.err


def test_without_a_day_nothing_is_made(monkeypatch: pytest.MonkeyPatch, registry: str) -> None:
    done = run(monkeypatch, "report", "督查通报", "--registry", registry, "--notice", "1", "--preview")
    assert done.status == 2
    assert "--as-of" in done.err


def test_what_is_due_later_is_not_broken_at_the_year_s_end(
    monkeypatch: pytest.MonkeyPatch, registry: str
) -> None:
    shown = report(monkeypatch, registry, "年底绩效对账", "--preview", "--as-of", "2024-09-01")
    rows = [line.split("｜") for line in shown.out.splitlines() if line.count("｜") == 6]
    told = {row[0]: row[-1] for row in rows}
    assert {told[task] for task in ("5", "8", "9", "10")} == {"未到期"}, "10月以后，延期到9月30日"
    assert (told["2"], told["4"], told["6"], told["7"]) == ("兑现", "未兑现", "未兑现", "暂停计时")
    assert "未到期" in shown.out.split("附件")[0]
