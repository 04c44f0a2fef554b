"""What the system and libraries say in English reaches nobody: reasons are Chinese."""

from __future__ import annotations

import errno
import tomllib
from pathlib import Path

import pytest
from duban.model.reasons import system_reason, toml_place, toml_reason


def test_reasons_of_the_system_are_chinese(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "x").read_bytes()
    assert system_reason(missing.value) == "没有这个文件或文件夹"
    assert system_reason(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"
    for number in errno.errorcode:
        reason = system_reason(OSError(number, "English words"))
        assert not reason.isascii()
        assert "English" not in reason
    assert system_reason(ValueError("embedded null byte")) == "路径中有不能用的字符"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a = 1\nb = = 2\n", (2, 5), "第 2 行第 5 字处"),
        ("a = [1,", None, "结尾处没有写完"),
        ("a = 1\nb = 1 2\n", (2, 7), "第 2 行第 7 字处"),
    ],
)
def test_a_broken_toml_is_told_by_its_place(text: str, place: tuple[int, int] | None, reason: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as broken:
        tomllib.loads(text)
    assert toml_place(broken.value) == place
    assert toml_reason(broken.value) == reason
