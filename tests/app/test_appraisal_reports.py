"""考评结果通报 and 扣分告知: golden texts that were read, rounds, the annex for what is too long."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chart_fonts import needs_font
from commands import Ran, run
from duban.app.reports import KINDS
from duban.app.reports.job import job_of
from duban.app.reports.release import proven
from duban.model.errors import ProofError
from duban.output.official.settings import read_settings

GOLDEN = Path(__file__).parent / "golden"
INPUTS = GOLDEN / "成绩.json"
RULES = ("--rules", "liaoning-2018")


def report(monkeypatch: pytest.MonkeyPatch, kind: str, *arguments: str | Path) -> Ran:
    return run(monkeypatch, "report", kind, *RULES, *arguments)


@needs_font
@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("考评结果通报", ()), ("扣分告知", ("--unit", "丁市", "--reply-by", "2019-02-01"))],
)
def test_the_text_is_the_golden_one(
    monkeypatch: pytest.MonkeyPatch, kind: str, arguments: tuple[str, ...]
) -> None:
    """Where wording changes on purpose: print it with --preview into the file, and read it."""
    shown = report(monkeypatch, kind, "--inputs", INPUTS, *arguments, "--preview")
    assert shown.status == 0, shown.err
    assert shown.out == (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8")


def test_each_unit_that_lost_marks_gets_a_letter_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = report(monkeypatch, "扣分告知", "--inputs", INPUTS, "--all", "-o", tmp_path)
    assert done.status == 0, done.err
    units = {path.stem.removeprefix("扣分告知-") for path in tmp_path.glob("*.docx")}
    assert units == {"乙市", "丙市", "丁市"}
    none = report(monkeypatch, "扣分告知", "--inputs", INPUTS, "--unit", "甲市", "--preview")
    assert (none.status, none.out) == (1, "")


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("考评结果通报", (), "成绩从哪里来"),
        ("考评结果通报", ("--inputs", "IN", "--name", "年终"), "成绩从哪里来"),
        ("扣分告知", ("--inputs", "IN"), "写给哪个单位"),
        ("扣分告知", ("--inputs", "IN", "--unit", "戊市"), "没有单位“戊市”"),
        ("扣分告知", ("--inputs", "IN", "--unit", "丁市", "--reply-by", "明天"), "不是日期"),
    ],
)
def test_wrong_usage_is_told(
    monkeypatch: pytest.MonkeyPatch, kind: str, arguments: tuple[str, ...], words: str
) -> None:
    told = [str(INPUTS) if word == "IN" else word for word in arguments]
    done = report(monkeypatch, kind, *told, "--preview")
    assert done.status == 2
    assert words in done.err


@needs_font
def test_a_round_says_that_it_is_approved_only_when_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = ("--rounds", str(tmp_path / "rounds.jsonl"))
    who = ("--by", "督查室", "--on", "2019-01-20")
    assert run(monkeypatch, "score", "lock", "年终", *RULES, "--inputs", INPUTS, *book, *who).status == 0
    locked = report(monkeypatch, "考评结果通报", "--name", "年终", *book, "--preview")
    assert "还没有审定" in locked.err
    expected = (GOLDEN / "考评结果通报.txt").read_text(encoding="utf-8")
    assert locked.out == expected
    for _ in range(3):
        assert run(monkeypatch, "score", "approve", "年终", *book, *who).status == 0
    approved = report(monkeypatch, "考评结果通报", "--name", "年终", *book, "--preview")
    assert approved.err == ""
    chain = "省政府绩效管理工作领导小组审核、省政府常务会审议、省工作实绩考核领导小组审定"
    assert f"考评结果已经{chain}。" in approved.out
    assert approved.out.replace(f"考评结果已经{chain}。", "") == expected


def test_rules_that_no_longer_give_the_locked_results_stop_the_notice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from duban.app.corpus import corpus_folder

    book = ("--rounds", str(tmp_path / "rounds.jsonl"))
    who = ("--by", "督查室", "--on", "2019-01-20")
    assert run(monkeypatch, "score", "lock", "年终", *RULES, "--inputs", INPUTS, *book, *who).status == 0
    pack = (corpus_folder() / "rules" / "liaoning-2018.toml").read_text(encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text(pack.replace('each = "0.5"', 'each = "0.4"'), encoding="utf-8")
    done = run(monkeypatch, "report", "考评结果通报", "--rules", other, "--name", "年终", *book, "--preview")
    assert done.status == 3
    assert "算不出锁定的结果" in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [("score", "99", "不能由算式重算"), ("rank", 3, "名次与得分不符"), ("bands", {"quota": "优秀"}, "等次")],
)
def test_a_round_that_does_not_follow_from_its_traces_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str, value: object, words: str
) -> None:
    from duban.score.rounds import append, read_records

    book, forged = tmp_path / "rounds.jsonl", tmp_path / "forged.jsonl"
    who = ("--by", "督查室", "--on", "2019-01-20")
    locked = run(monkeypatch, "score", "lock", "年终", *RULES, "--inputs", INPUTS, "--rounds", book, *who)
    assert locked.status == 0, locked.err
    (record,) = read_records(book)
    record.content["results"]["tracks"][0]["units"][1][key] = value
    append(forged, record.kind, record.name, record.content, by=record.by, on=record.on)
    done = report(monkeypatch, "考评结果通报", "--name", "年终", "--rounds", forged, "--preview")
    assert (done.status, done.out) == (3, "")
    assert words in done.err


def many(tmp_path: Path, change: Any) -> Path:
    data = json.loads(INPUTS.read_text(encoding="utf-8"))
    change(data["tracks"])
    path = tmp_path / "many.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_letter_too_long_leaves_the_items_to_an_annex(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def change(tracks: Any) -> None:
        reasons = [
            {"amount": "0.1", "reason": f"第{at}个节点没有按时报送材料，经提醒后仍未补报"}
            for at in range(120)
        ]
        tracks[0]["units"]["丁市"]["process"] = reasons

    inputs = many(tmp_path, change)
    shown = report(monkeypatch, "扣分告知", "--inputs", inputs, "--unit", "丁市", "--preview")
    assert shown.status == 0, shown.err
    assert "各项扣分的原因和依据逐项见附件。" in shown.out
    assert "附件：1. 丁市扣分明细" in shown.out
    assert sum("经提醒后仍未补报" in line and "｜" in line for line in shown.out.splitlines()) == 240
    assert "共123项" in shown.out


def test_a_notice_too_long_names_the_items_in_the_annex_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def change(tracks: Any) -> None:
        tracks[0]["units"]["甲市"]["events"] = [
            {"code": "B1b", "event": f"国家部委关于某项工作情况的通报第{at}号"} for at in range(300)
        ]

    shown = report(monkeypatch, "考评结果通报", "--inputs", many(tmp_path, change), "--preview")
    assert shown.status == 0, shown.err
    assert sum("通报第7号" in line for line in shown.out.splitlines()) == 1


def test_inputs_that_changed_before_the_proof_stop_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from duban.app.options import parser_of

    inputs = many(tmp_path, lambda tracks: tracks)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    options = parser_of().parse_args(["report", "考评结果通报", *RULES, "--inputs", str(inputs), "--preview"])
    (prepared,) = KINDS["考评结果通报"].documents()(job_of(options))
    text = inputs.read_text(encoding="utf-8")
    inputs.write_text(text.replace('"98"', '"97.9"', 1), encoding="utf-8")
    with pytest.raises(ProofError) as stopped:
        proven(prepared, read_settings(), 5000)
    assert stopped.value.place


def test_a_unit_with_brackets_is_found_and_printed_in_full_width(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def change(tracks: Any) -> None:
        tracks[1]["units"]["司法厅(监狱管理局)"] = tracks[1]["units"]["财政厅"] | {
            "process": [{"amount": "0.2", "reason": "迟报"}]
        }

    inputs = many(tmp_path, change)
    for name in ("司法厅(监狱管理局)", "司法厅（监狱管理局）"):
        shown = report(monkeypatch, "扣分告知", "--inputs", inputs, "--unit", name, "--preview")
        assert shown.out.splitlines()[1] == "司法厅（监狱管理局）："
    whole = report(monkeypatch, "考评结果通报", "--inputs", inputs, "--preview")
    assert "司法厅(" not in whole.out


@pytest.mark.parametrize(("rank", "stopped"), [(2, False), (3, False), (4, True), (1, True)])
def test_scores_that_are_equal_only_when_printed_keep_their_ranks(rank: int, stopped: bool) -> None:
    from duban.output.official.agreements import Ranked, check_agreements
    from duban.output.official.proof import Reading

    head = ("名次", "单位", "得分", "等次")
    rows = (("1", "甲", "99.00", "优"), ("2", "乙", "96.51", "优"), (str(rank), "丙", "96.51", "优"))
    reading = Reading((), ((head, *rows),))
    agreement = (Ranked(0, 0, 2, rounded=True),)
    if stopped:
        with pytest.raises(ProofError, match="名次"):
            check_agreements(agreement, reading)
    else:
        check_agreements(agreement, reading)


def test_a_difference_below_the_printed_digits_is_released(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def change(tracks: Any) -> None:
        tracks[0]["units"]["丙市"]["leaders"] = "90.001"

    done = report(
        monkeypatch, "考评结果通报", "--inputs", many(tmp_path, change), "-o", tmp_path / "通报.docx"
    )
    assert done.status == 0, done.err


def test_an_office_changes_the_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "official").mkdir()
    own = tmp_path / "official" / "result_notice.j2"
    own.write_text("{% block heading_use %}下一步工作{% endblock %}", encoding="utf-8")
    shown = report(monkeypatch, "考评结果通报", "--inputs", INPUTS, "--templates", tmp_path, "--preview")
    assert "五、下一步工作" in shown.out
    own.write_text("{% block use %}{{ secret }}{% endblock %}", encoding="utf-8")
    assert report(
        monkeypatch, "考评结果通报", "--inputs", INPUTS, "--templates", tmp_path, "--preview"
    ).status


def test_without_a_font_the_notice_is_made_without_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from duban.model.errors import ChartFontError
    from duban.output.official import result_notice

    def none(*_: object) -> tuple[()]:
        raise ChartFontError("没有找到中文字体", remedy="请安装")

    monkeypatch.setattr(result_notice, "score_charts", none)
    done = report(monkeypatch, "考评结果通报", "--inputs", INPUTS, "-o", tmp_path / "通报.docx")
    assert done.status == 0
    assert done.err.count("没有找到中文字体") == 1
    shown = report(monkeypatch, "考评结果通报", "--inputs", INPUTS, "--preview")
    assert "得分排名" not in shown.out


def test_the_parts_of_a_picture_sum_to_the_published_score() -> None:
    from duban.app.options import parser_of
    from duban.app.reports.appraisals import appraisal
    from duban.app.reports.job import job_of
    from duban.output.official.appraisal import marks
    from duban.output.official.result_charts import parts_of

    options = parser_of().parse_args(["report", "考评结果通报", *RULES, "--inputs", str(INPUTS), "--preview"])
    found = appraisal(job_of(options))
    for track in found.tracks:
        for unit in track.units:
            assert f"{sum(parts_of(found, track, track.apart[unit.unit]).values()):.2f}" == marks(unit.score)
