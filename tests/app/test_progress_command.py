"""`duban progress` and `duban audit` as a user runs them."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from commands import Ran, run

NOTICE = """\
甲市人民政府关于印发任务的通知
甲政发〔2024〕1号
各县人民政府：
1.修路{}公里。（市交通局负责）
2.造桥。（市交通局负责）
"""
SIGNED = ("--by", "张三", "--on", "2024-06-30")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry with a notice of two tasks."""
    (tmp_path / "a.txt").write_text(NOTICE.format(5), encoding="utf-8")
    ran = run(monkeypatch, "ingest", tmp_path / "a.txt", "--registry", tmp_path / "r.db")
    assert ran.status == 0, ran.err
    return tmp_path / "r.db"


def duban(registry: Path, *arguments: str | Path) -> Ran:
    with pytest.MonkeyPatch.context() as patch:
        return run(patch, *arguments, "--registry", registry)


def add(registry: Path, *arguments: str | Path, task: str = "1") -> Ran:
    return duban(registry, "progress", "add", "--task", task, "--notice", "1", *SIGNED, *arguments)


def listed(registry: Path, *arguments: str) -> list[dict[str, object]]:
    ran = duban(registry, "progress", "list", "--format", "json", *arguments)
    assert ran.status == 0, ran.err
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


def files(registry: Path) -> list[Path]:
    folder = registry.with_name("r.db.evidence")
    return [path for path in folder.rglob("*") if path.is_file()]


def test_entering_listing_and_taking_back(registry: Path) -> None:
    assert add(registry, "--value", "完成3公里", "--evidence", "甲交发〔2024〕8号").status == 0
    assert add(registry, "--value", "完成4公里", "--note", "补报").status == 0
    undone = duban(registry, "progress", "undo", "3", *SIGNED, "--note", "填错")
    assert (undone.status, "撤销" in undone.out) == (0, True)
    found = listed(registry)
    assert [(e["kind"], e["undone"]) for e in found] == [
        ("status", False), ("proof", False), ("status", True), ("undo", False),
    ]  # fmt: skip
    assert found[2]["before"] == found[0]["after"] == {"value": "完成3公里"}
    assert found[3]["after"] == {"of": 3, "reason": "填错", "stands": 1}
    table = duban(registry, "progress", "list", "--notice", "甲政发", "--task", "1")
    assert table.out.splitlines()[2].endswith("进展：完成4公里，补报（已撤销）")
    assert "共 4 条" in table.err
    assert listed(registry, "--notice", "1", "--task", "2") == []
    again = duban(registry, "progress", "undo", "3", *SIGNED)
    assert (again.status, "E700" in again.err) == (1, True)


def test_one_evidence_file_for_several_tasks_is_kept_once(registry: Path, tmp_path: Path) -> None:
    report = tmp_path / "报表.txt"
    report.write_text("完成3公里", encoding="utf-8")
    assert add(registry, "--evidence", report, "--task", "2").status == 0
    found = listed(registry)
    assert [(e["task"], e["kind"]) for e in found] == [("1", "proof"), ("2", "proof")]
    assert [path.read_bytes() for path in files(registry)] == [report.read_bytes()]
    assert duban(registry, "audit", "verify").status == 0
    files(registry)[0].write_bytes(b"x")
    altered = duban(registry, "audit", "verify")
    assert (altered.status, "第 2 条：证明材料被改" in altered.out) == (1, True)
    files(registry)[0].unlink()
    assert "第 1 条：证明材料不在" in duban(registry, "audit", "verify").out


def test_the_audit_names_what_was_changed(registry: Path) -> None:
    for value in "123":
        add(registry, "--value", value)
    whole = duban(registry, "audit", "verify")
    head = whole.out.split()[-1]
    assert (whole.status, whole.out.startswith("登记链完整，共 3 条")) == (0, True)
    add(registry, "--value", "4")
    assert duban(registry, "audit", "verify", "--head", head).status == 0
    connection = sqlite3.connect(registry)
    connection.execute("DROP TRIGGER progress_entry_update")
    connection.execute("UPDATE progress_entry SET made_on = '2024-06-01' WHERE number = 2")
    connection.commit()
    connection.close()
    broken = duban(registry, "audit", "verify")
    assert broken.status == 1
    assert broken.out.splitlines() == [
        "数据库的防改触发器 progress_entry_update 不在或被改",
        "第 2 条：内容被改",
    ]
    assert duban(registry, "audit", "verify", "--head", "x").status == 2


def word(text: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    document.add_paragraph("修路方案")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def sheet(text: str) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([text, "里程"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


MARKED = {
    "方案.txt": "机密★1年\n修路方案\n".encode(),
    "方案.docx": word("绝密★启用前"),
    "表.xlsx": sheet("密级：秘密"),
    "旧.txt": "份号 000012\n秘密\n修路方案\n".encode("gb18030"),
    "表.csv": "机密,里程\n1,2\n".encode(),
    "机密方案.txt": "修路".encode(),
    "【绝密】.pdf": b"%PDF-1.7",
}


@pytest.mark.parametrize("name", MARKED)
def test_a_classified_file_is_refused_and_nothing_of_it_kept(
    name: str, registry: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(MARKED[name])
    before = registry.read_bytes()
    ran = add(registry, "--value", "3", "--evidence", tmp_path / name)
    assert (ran.status, "E701" in ran.err, "--receipt" in ran.err) == (1, True, True)
    assert (files(registry), listed(registry)) == ([], [])
    assert registry.read_bytes() == before
    assert add(registry, "--receipt", "线下收文17号").status == 0


@pytest.mark.parametrize("text", ["保守国家机密，做好商业秘密保护。", "企业的秘密武器", "秘密侦查"])
def test_a_document_that_only_speaks_of_secrets_is_kept(text: str, registry: Path, tmp_path: Path) -> None:
    (tmp_path / "总结.txt").write_text(text, encoding="utf-8")
    assert add(registry, "--evidence", tmp_path / "总结.txt").status == 0
    assert len(files(registry)) == 1


def test_a_file_without_words_is_kept_and_told(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4)
    ran = add(registry, "--evidence", tmp_path / "照片.jpg")
    assert (ran.status, "人工确认" in ran.err) == (0, True)


@pytest.mark.parametrize(("arguments", "status", "code"), [
    ((), 2, "E100"),
    (("--value", " "), 1, "E700"),
    (("--value", "3", "--on", "6月"), 1, "E700"),
    (("--value", "3", "--task", "9"), 1, "E700"),
    (("--value", "3", "--piece", "measure:1"), 1, "E700"),
    (("--value", "3", "--notice", "乙"), 1, "E700"),
    (("--value", "3", "--evidence", "没有这个.docx"), 3, "E200"),
    (("--evidence", "甲交发〔2024〕8号", "--sort", "传闻"), 1, "E700"),
    (("--value", "机密"), 1, "E701"),
])  # fmt: skip
def test_what_does_not_fit_stores_nothing(
    arguments: tuple[str, ...], status: int, code: str, registry: Path
) -> None:
    ran = add(registry, *arguments)
    assert (ran.status, code in ran.err, "处理办法" in ran.err) == (status, True, True)
    assert (files(registry), listed(registry)) == ([], [])


def test_no_registry_is_made(tmp_path: Path) -> None:
    for arguments in (["progress", "list"], ["audit", "verify"], ["progress", "undo", "1", *SIGNED]):
        ran = duban(tmp_path / "none.db", *arguments)
        assert (ran.status, "E305" in ran.err) == (3, True)
    assert not (tmp_path / "none.db").exists()


def test_entries_stay_with_their_task_in_a_new_version(registry: Path, tmp_path: Path) -> None:
    add(registry, "--value", "完成3公里")
    (tmp_path / "b.txt").write_text(NOTICE.format(6), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        assert "新版本第2版" in run(patch, "ingest", tmp_path / "b.txt", "--registry", registry).out
    add(registry, "--value", "完成4公里")
    assert [e["before"] for e in listed(registry, "--notice", "1", "--task", "1")] == [
        None, {"value": "完成3公里"},
    ]  # fmt: skip


def test_a_day_that_is_no_milestone_is_refused_with_those_there_are(registry: Path) -> None:
    refused = add(registry, "--value", "3", "--due", "2024-06-29")
    assert (refused.status, "第1项没有 2024-06-29 这个节点" in refused.err) == (1, True)
    assert "2024-03-31、2024-06-30" in refused.err
    moved = duban(
        registry, "progress", "change", "--task", "1", "--notice", "1", *SIGNED, "--target", "修路",
        "--approval", "甲政〔2024〕2号", "--effective", "2024-06-01",
        "--moved-from", "2024-06-29", "--moved-to", "2024-08-31",
    )  # fmt: skip
    assert (moved.status, "没有 2024-06-29 这个节点" in moved.err) == (1, True)
    assert listed(registry) == []
    assert add(registry, "--value", "3", "--due", "2024-06-30").status == 0


def test_a_unit_is_entered_as_the_notice_calls_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(
        "辽宁省人民政府关于印发任务的通知\n辽政发〔2018〕1号\n"
        "1.修路。（责任单位：省工业和信息化委）\n2.造桥。（责任单位：各市人民政府）\n",
        encoding="utf-8",
    )
    registry = tmp_path / "r.db"
    assert run(monkeypatch, "ingest", tmp_path / "a.txt", "--registry", registry).status == 0
    told = [
        add(registry, "--value", "3", "--unit", "省工业和信息化厅"),
        add(registry, "--value", "3", "--unit", "沈阳市", task="2"),
        add(registry, "--value", "3", "--unit", "省建设厅局", task="2"),
    ]
    units = [entry["after"]["unit"] for entry in listed(registry)]  # type: ignore[index]
    assert units == ["省工业和信息化委", "沈阳市人民政府", "省建设厅局"]
    assert "按通知的名称“省工业和信息化委”登记" in told[0].err
    assert "责任单位里没有“省建设厅局”（有 各市人民政府）" in told[2].err


def test_a_version_that_is_numbered_otherwise_is_told_with_what_stays_behind(
    registry: Path, tmp_path: Path
) -> None:
    assert add(registry, "--value", "开工", task="2").status == 0
    (tmp_path / "b.txt").write_text(
        NOTICE.format(5).replace("2.造桥", "2.植树造林一百亩。（市林业局负责）\n3.造桥"), encoding="utf-8"
    )
    told = duban(registry, "ingest", tmp_path / "b.txt")
    assert told.status == 1
    assert "任务2“造桥。”现为任务3，而原来的 1 条登记仍在任务2名下" in told.err
    (tmp_path / "c.txt").write_text(
        (tmp_path / "b.txt").read_text(encoding="utf-8").replace("造林", "育林"), encoding="utf-8"
    )
    assert duban(registry, "ingest", tmp_path / "c.txt").status == 0


def test_messages_name_fields_as_people_do(registry: Path) -> None:
    assert add(registry, "--value", "开工", "--percent", "60%").status == 0
    assert listed(registry)[0]["after"] == {"value": "开工", "percent": "60"}
    for arguments, words in (
        (("--value", "开工", "--percent", "六成"), "进展·完成比例: “六成”不是完成比例"),
        (("--value", " "), "进展·完成情况: 没有填写"),
        (("--value", "开工", "--completed-on", "2024-06-20"), "进展·办结日: 有办结日而完成比例不到 100"),
        (("--value", "见机密文件"), "进展·完成情况: 标有密级"),
    ):
        told = add(registry, *arguments)
        assert (told.status, words in told.err) == (1, True), told.err


def test_a_day_that_is_moved_forward_is_told(registry: Path) -> None:
    moved = duban(
        registry, "progress", "change", "--task", "1", "--notice", "1", *SIGNED, "--target", "修路",
        "--approval", "甲政〔2024〕2号", "--effective", "2024-06-01",
        "--moved-from", "2024-06-30", "--moved-to", "2024-03-30",
    )  # fmt: skip
    assert (moved.status, "不晚于原节点 2024-06-30" in moved.err) == (0, True)


def test_a_line_that_stands_in_several_tasks_is_proven_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ("甲市人民政府关于2024年任务的通知", "1.修路。（责任单位：市交通局）",
             "落实措施：①培训养护工人并发证。", "2.造桥。（责任单位：市交通局）",
             "落实措施：①招标。②培训养护工人并发证。")  # fmt: skip
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    assert run(monkeypatch, "ingest", tmp_path / "a.txt", "--registry", tmp_path / "r.db").status == 0
    both = ("--task", "2/measure:2", "--evidence", "甲交发〔2024〕3号")
    assert add(tmp_path / "r.db", *both, task="1/measure:1").status == 0
    found = listed(tmp_path / "r.db")
    assert [(one["task"], one["piece"]) for one in found] == [("1", "measure:1"), ("2", "measure:2")]
    assert "没有“measure:3”这一条" in add(tmp_path / "r.db", "--value", "x", task="2/measure:3").err
