"""`duban report`: a document from the registry, its preview, and what a user is told when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.checker.roles import Kind
from duban.output.official.proof import read_document

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "a-bracket-clauses.txt"
OFFICES = ("--issuer", "甲办公厅", "--issuer", "乙局")
HEADED = ("--issuer", "甲办公厅", "--number", "甲办发〔2026〕1号")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    assert run(monkeypatch, "ingest", str(SAMPLE)).status == 0
    return tmp_path


def test_the_tasks_come_out_with_head_and_imprint(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "清单.docx"
    office = ("--issuer", "某办公厅", "--number", "某办发〔2026〕1号", "--date", "2026-01-05")
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", *office, "-o", str(target))
    assert done.status == 0, done.err
    found = read_document(target.read_bytes())
    assert found.paragraphs[0] == "某办公厅文件"
    assert "2026年1月5日" in found.paragraphs
    assert found.paragraphs[-1].endswith("2026年1月5日印发")
    shown = run(monkeypatch, "report", "任务清单", "--notice", "1", "--preview")
    assert shown.status == 0
    for cells in found.tables[0]:
        assert "｜".join(cells) in shown.out


def test_all_that_stands_about_a_document_comes_from_the_options(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place / "清单.docx"
    done = run(
        monkeypatch, "report", "任务清单", "--notice", "1", *HEADED, "--issuer", "乙财政局",
        "--date", "2026-01-05", "--copy-number", "12", "--secrecy", "机密★1年", "--urgency", "特急",
        "--signer", "张三", "--signer", "李四", "--seal", "unsealed", "--note", "（此件不公开）",
        "--to", "各县人民政府", "--copy-to", "县委办公室", "-o", str(target),
    )  # fmt: skip
    assert done.status == 0, done.err
    found = read_document(target.read_bytes())
    words = ["".join(text.split()) for text in found.paragraphs]
    assert found.tables[0] == (("甲办公厅", "文件"), ("乙财政局", ""))
    assert words[:4] == ["000012", "机密★1年", "特急", "甲办发〔2026〕1号签发人：张三李四"]
    at = words.index("甲办公厅")
    assert words[at : at + 4] == ["甲办公厅", "乙财政局", "2026年1月5日", "（此件不公开）"]
    assert words[-2:] == ["抄送：县委办公室。", "甲办公厅2026年1月5日印发"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("甲办发[2026]01号", "甲办发〔2026〕1号"), ("甲办发〔2026〕12号", "甲办发〔2026〕12号")],
)
@pytest.mark.usefixtures("place")
def test_a_number_s_brackets_are_put_right(monkeypatch: pytest.MonkeyPatch, written: str, shown: str) -> None:
    arguments = ("--notice", "1", "--issuer", "甲办公厅", "--number", written, "--preview")
    assert f"\n{shown}\n" in run(monkeypatch, "report", "任务清单", *arguments).out


def test_a_letter_and_a_signature_stamp(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "清单.docx"
    stamp = ("--seal", "stamped", "--post", "主任", "--signed-by", "王五", "--date", "2026-01-05")
    letter = ("--form", "letter", "--issuer", "甲办公厅", "--number", "甲办函〔2026〕1号", *stamp)
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", *letter, "-o", str(target))
    assert done.status == 0, done.err
    report = check(target.read_bytes(), "清单.docx", rendered=False)
    assert report.kind is Kind.LETTER
    assert [one.rule.code for one in report.results if one.outcome is Outcome.NOT_MET] == []
    assert "主任王五" in ["".join(text.split()) for text in read_document(target.read_bytes()).paragraphs]


def test_a_part_that_is_not_there_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "无.docx"
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", "--section", "九十九", "-o", str(target))
    assert done.status == 1
    assert "--section" in done.err
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--notice", "没有的通知", "--preview"), "没有通知"),
        (("--notice", "1"), "-o 要写"),
        (("--notice", "1", "--preview", "--date", "2026-13-01"), "不是日期"),
        (("--notice", "1", "--preview", "--number", "某〔2026〕1号"), "没有发文机关"),
        (("--notice", "1", "--preview", "--issuer", "甲", "--number", "2026年第1号"), "不是发文字号"),
        (("--notice", "1", "--preview", "--urgency", "特急"), "紧急程度 --urgency 在版头里"),
        (("--notice", "1", "--preview", "--signer", "张三"), "签发人 --signer 在版头里"),
        (("--notice", "1", "--preview", "--form", "letter"), "信函格式 --form letter 在版头里"),
        (("--notice", "1", "--preview", *HEADED, "--secrecy", "很密", "--copy-number", "1"), "不是密级"),
        (("--notice", "1", "--preview", *HEADED, "--secrecy", "机密★1年"), "要有份号"),
        (("--notice", "1", "--preview", *HEADED, "--copy-number", "1234567"), "不是份号"),
        (("--notice", "1", "--preview", *HEADED, "--seal", "stamped", "--post", "省长"), "要有职务和姓名"),
        (("--notice", "1", "--preview", *HEADED, "--post", "省长"), "只用于签名章"),
        (("--notice", "1", "--preview", "--note", "此件公开发布"), "附注在成文日期之下"),
        (("--notice", "1", "--preview", "--date", "2026-01-05"), "没有署名"),
        (("--notice", "1", "--preview", "--copy-to", "省委"), "抄送在版记里"),
        (("--notice", "1", "--preview", *HEADED, "--form", "letter"), "用“函”字"),
        (
            ("--notice", "1", "--preview", *OFFICES, "--number", "甲办函〔2026〕1号", "--form", "letter"),
            "只有一个发文机关",
        ),
        (("--notice", "1", "--preview", *HEADED, "--issuer", "甲办公厅"), "写重了"),
        (("--notice", "1", "--preview", *HEADED, "--urgency", "十万火急"), "--urgency"),
    ],
)
@pytest.mark.usefixtures("place")
def test_what_cannot_be_made_is_explained(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    done = run(monkeypatch, "report", "任务清单", *arguments)
    assert done.status == 2
    assert words in done.err
