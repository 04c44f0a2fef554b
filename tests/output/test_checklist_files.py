"""File names, atomic writing, and what a user is told when a place cannot be written."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from duban.model.errors import OutputError, OutputFullError, OutputTargetError
from duban.output import Checklist, write_checklist, write_checklists
from duban.output.files import STEM_BYTES, output_error, safe_stem, unique_stems, write_whole
from hypothesis import example, given
from hypothesis import strategies as st
from made_lists import row, year_of_lists

LIST = Checklist("省财政厅", (row(1),))
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?")
#: A user other than root, to whom rights apply.
NOBODY = 65534


@given(st.text(st.characters(codec=None), max_size=120))
@example("../../etc/passwd")
@example("C:\\Windows\\x")
@example("CON.docx")
@example("lpt1")
@example("COM¹ .a")
@example("省\u202e厅\0")
@example("厅" * 300)
@example(" . ")
@example(". CON")
@example("e\u0301" * 150)
def test_any_name_becomes_one_safe_file_name(name: str) -> None:
    stem = safe_stem(name)
    assert stem
    assert not set(stem) & set('/\\:*?"<>|')
    assert not RESERVED.fullmatch(stem)
    assert stem[0] not in " ." or stem == "未命名"
    assert stem[-1] not in " ."
    assert len(stem.encode()) <= STEM_BYTES + 1
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in stem)
    assert Path(f"{stem}.docx").name == f"{stem}.docx"
    assert safe_stem(stem) == stem


@given(
    st.lists(
        st.sampled_from(["省厅", "省/厅", "省／厅", "A", "a", "Ａ", "A(2)", "", "CON", "_CON"]), max_size=12
    )
)
def test_names_stay_apart_on_every_system(names: list[str]) -> None:
    stems = list(unique_stems(names))
    assert len(stems) == len(names)
    assert len({unicodedata.normalize("NFKC", stem).casefold() for stem in stems}) == len(stems)


def test_an_ordinary_unit_keeps_its_name(tmp_path: Path) -> None:
    (written,) = write_checklists([LIST], tmp_path)
    assert written == tmp_path / "省财政厅责任清单.docx"


def test_one_file_for_each_unit_in_a_folder_that_is_made(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    lists = year_of_lists(units=4, tasks=6, measures=12)
    target = tmp_path / "甲" / "乙"
    written = write_checklists(lists, target, progress=lambda *step: told.append(step))
    assert [path.name for path in written] == [f"省第{n}厅2021年责任清单.docx" for n in range(1, 5)]
    assert sorted(os.listdir(target)) == sorted(path.name for path in written)
    assert told == [(n, 4, f"省第{n}厅") for n in range(1, 5)]


def test_a_name_with_a_path_in_it_stays_in_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "出"
    lists = [Checklist(name, ()) for name in ("../外", "/etc/passwd", "甲/乙", "..")]
    for path in write_checklists(lists, target):
        assert path.parent == target
        assert path.is_file()
    assert os.listdir(tmp_path) == ["出"]


def test_an_existing_folder_named_like_a_document_is_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "清单.docx"
    target.mkdir()
    (written,) = write_checklists([LIST], target)
    assert written.parent == target


def test_a_new_file_has_the_rights_of_the_users_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        written = write_checklist(LIST, tmp_path / "a.docx")
    finally:
        os.umask(old)
    assert written.stat().st_mode & 0o777 == 0o640


def test_a_folder_is_no_place_for_one_list(tmp_path: Path) -> None:
    with pytest.raises(OutputTargetError, match=r"\[E401\].*这是一个文件夹.*处理办法"):
        write_checklist(LIST, tmp_path)


def test_a_file_in_the_path_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(OutputTargetError, match=r"\[E401\].*不是文件夹"):
        write_checklist(LIST, tmp_path / "a" / "b.docx")
    with pytest.raises(OutputTargetError, match=r"\[E401\].*不是文件夹"):
        write_checklists([LIST], tmp_path / "a")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act without root's rights: root may write anywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights of folders are tested on POSIX systems")
def test_missing_rights_are_told_and_the_old_file_stays(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    old = tmp_path / "a.docx"
    old.write_bytes(b"old")
    tmp_path.chmod(0o555)
    try:
        with as_nobody(), pytest.raises(OutputTargetError, match=r"\[E401\].*没有写入权限"):
            write_whole(old, b"new")
    finally:
        tmp_path.chmod(0o755)
    assert old.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.docx"]


def test_a_full_disk_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="file size limits are tested on POSIX systems")
    assert resource.RLIMIT_FSIZE
    old = tmp_path / "a.docx"
    old.write_bytes(b"old")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from duban.model.errors import OutputFullError\n"
        "from duban.output.files import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_whole(Path(sys.argv[1]), b'x' * 5000)\n"
        "except OutputFullError as error:\n    print(error.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(old)], check=True, capture_output=True, text=True)
    assert done.stdout == "E402\n"
    assert old.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.docx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    old = tmp_path / "a.docx"
    old.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OutputFullError):
        write_whole(old, b"new")
    assert old.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.docx"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "空间"),
        (errno.EROFS, "权限"),
        (errno.ENAMETOOLONG, "文件名太长"),
        (errno.EIO, "写不进去"),
    ],
)
def test_each_failure_names_place_and_remedy(number: int, words: str) -> None:
    error = output_error(OSError(number, os.strerror(number)), Path("出/a.docx"))
    assert isinstance(error, OutputError)
    assert words in error.message
    assert error.place == "出/a.docx"
    assert error.remedy


@pytest.mark.parametrize("call", [write_checklist, lambda one, path: write_checklists([one], path)])
def test_a_name_that_is_too_long_is_told(tmp_path: Path, call: Callable[[Checklist, Path], object]) -> None:
    with pytest.raises(OutputTargetError, match="文件名太长"):
        call(LIST, tmp_path / f"{'厅' * 200}.docx")


def test_a_path_that_no_system_takes_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputTargetError, match="不能用的字符"):
        write_checklist(LIST, tmp_path / "a\0b.docx")
    with pytest.raises(OutputTargetError, match="不能用的字符"):
        write_checklists([LIST], tmp_path / "a\0b")
