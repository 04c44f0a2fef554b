"""`duban text` and `duban parse` as a user meets them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from commands import run

NOTICE = """澜江市人民政府关于印发河道治理任务的通知
澜政发〔2024〕6号
各县（区）人民政府：
一、清淤护岸（2项）
1.疏浚东河12公里，6月底前完成。（牵头单位：市水利局）
2.整修护岸8公里。（市水利局、市林业局按职责分工负责）
澜江市人民政府
2024年2月20日
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知 一.txt"
    path.write_text(NOTICE, encoding="utf-8", newline="")
    return path


def test_text_prints_the_decoded_file_unchanged(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice.write_bytes(NOTICE.replace("\n", "\r\n").encode("gb18030"))
    ran = run(monkeypatch, "text", notice)
    assert (ran.status, ran.out) == (0, NOTICE.replace("\n", "\r\n"))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_source_gives_the_bytes_back(notice: Path, monkeypatch: pytest.MonkeyPatch, codec: str) -> None:
    raw = NOTICE.encode(codec)
    notice.write_bytes(raw)
    assert run(monkeypatch, "parse", "--format", "source", notice).raw == raw


def test_parse_prints_one_object_a_file(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "parse", notice, notice)
    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert first == second
    assert first["schema"] == "duban.notice/1"
    assert [task["path"] for task in first["tasks"]] == [["一、", "1."], ["一、", "2."]]
    assert first["tasks"][0]["deadlines"][0]["due"] == "2024-06-30"
    assert ran.status == 0


def test_parse_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "parse", "-", stdin=NOTICE.encode())
    assert json.loads(ran.out)["source"]["name"] == "stdin"
    assert len(json.loads(ran.out)["tasks"]) == 2


def test_parse_table_shows_tasks(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run(monkeypatch, "parse", "--format", "table", notice).out.splitlines()
    assert lines[0] == "澜江市人民政府关于印发河道治理任务的通知"
    assert "市水利局(牵头)" in lines[5]
    assert lines[6].startswith("一、2.")


def test_parse_writes_a_file_whole(notice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "记录.json"
    assert run(monkeypatch, "parse", notice, "-o", target).out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["document_number"] == "澜政发〔2024〕6号"
    assert sorted(os.listdir(tmp_path)) == ["记录.json", "通知 一.txt"]


def test_error_level_diagnostics_end_with_one(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice.write_text(NOTICE.replace("（2项）", "（3项）"), encoding="utf-8")
    ran = run(monkeypatch, "parse", notice)
    assert ran.status == 1
    assert f"{notice}:4: 错误 N012" in ran.err


def test_quiet_keeps_diagnostics_off_the_screen(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice.write_text(NOTICE.replace("（2项）", "（3项）"), encoding="utf-8")
    ran = run(monkeypatch, "parse", "-q", notice)
    assert (ran.status, ran.err) == (1, "")


@pytest.mark.usefixtures("notice")
def test_one_unreadable_file_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    ran = run(monkeypatch, "parse", "-q", tmp_path, tmp_path / "没有.txt")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 1
    assert "3 个文件没有读成" in ran.err
    for code, name in (("E212", "空.txt"), ("E211", "图.txt"), ("E200", "没有.txt")):
        assert any(code in line and name in line and "处理办法" in line for line in ran.err.splitlines()), (
            name
        )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "E212"),
        (b" \r\n\t\n", "E212"),
        (b"PK\x03\x04\x14\x00", "E211"),
        (b"%PDF-1.7\n", "E211"),
        (bytes(range(256)) * 8, "E21"),
        (NOTICE.replace("—", "").encode("big5", "ignore"), "E210"),
    ],
)
def test_what_is_no_text_ends_with_three(
    notice: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes, code: str
) -> None:
    notice.write_bytes(raw)
    for command in ("text", "parse"):
        ran = run(monkeypatch, command, notice)
        assert (ran.status, ran.raw) == (3, b"")
        assert f"[{code}" in ran.err
        assert str(notice) in ran.err or notice.name in ran.err


def test_a_folder_without_text_and_a_missing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "parse", tmp_path, tmp_path / "x.txt")
    assert ran.status == 3
    assert "没有能读的文件" in ran.err
    assert "没有这个文件" in ran.err


def test_a_named_encoding_is_used(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice.write_bytes("一、任务\n1.治理河道。（市水利局负责）\n".encode("big5", "ignore"))
    assert run(monkeypatch, "text", "--encoding", "big5", notice).status == 0
    wrong = run(monkeypatch, "text", "--encoding", "utf-8", notice)
    assert (wrong.status, "E210" in wrong.err) == (3, True)
    unknown = run(monkeypatch, "text", "--encoding", "klingon", notice)
    assert (unknown.status, "不认识的编码" in unknown.err) == (3, True)


def test_output_that_cannot_be_written(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "parse", notice, "-o", notice / "x.json")
    assert ran.status == 3
    assert "E401" in ran.err


def test_no_space_left_for_the_output(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full, which only Linux has")
    ran = run(monkeypatch, "parse", notice, "-o", full)
    assert ran.status == 3
    assert "E402" in ran.err
    assert full.is_char_device()  # written to, not replaced


def test_a_notice_cannot_drive_the_terminal(notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice.write_text("一、任务（3项）\n1.修\x1b[31m路\x9b2J\u202e。（市交通局负责）\n", encoding="utf-8")
    ran = run(monkeypatch, "parse", "--format", "table", notice)
    for printed in (ran.out, ran.err):
        assert not {"\x1b", "\x9b", "\u202e"} & set(printed)
    assert "修" in ran.out


def test_an_old_file_stays_when_nothing_could_be_read(
    notice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "keep.txt"
    kept.write_text("precious", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(kept)
    for command in ("text", "parse"):
        assert run(monkeypatch, command, tmp_path / "missing.txt", "-o", kept).status == 3
    assert kept.read_text(encoding="utf-8") == "precious"
    assert run(monkeypatch, "text", notice, "-o", link).status == 0
    assert link.is_symlink()
    assert kept.read_text(encoding="utf-8") == NOTICE
    assert sorted(os.listdir(tmp_path)) == ["keep.txt", "link.txt", "通知 一.txt"]


def test_file_names_of_old_archives_are_shown_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = os.fsdecode(os.fsencode(str(tmp_path)) + b"/" + "任务.txt".encode("gbk"))
    Path(name).write_text(NOTICE, encoding="utf-8")
    ran = run(monkeypatch, "parse", tmp_path)
    assert ran.status == 0
    json.loads(ran.raw.decode("utf-8"))
    stored = run(monkeypatch, "ingest", tmp_path, "--registry", tmp_path / "r.db")
    assert (stored.status, "新登记" in stored.out) == (0, True)


@pytest.mark.parametrize("arguments", [["text", ""], ["parse", " "], ["ingest", ""]])
def test_an_empty_name_is_no_folder(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "r.db"))
    ran = run(monkeypatch, *arguments)
    assert (ran.status, "E100" in ran.err) == (2, True)


def test_a_path_that_no_system_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "text", "长" * 5000 + ".txt")
    assert (ran.status, "E200" in ran.err) == (3, True)


def test_failures_of_files_of_one_name_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "n.txt").write_bytes(b"")
    ran = run(monkeypatch, "parse", tmp_path)
    assert all(str(tmp_path / folder / "n.txt") in ran.err for folder in ("甲", "乙"))
