"""Marks of secrecy: the quick look for 密 overlooks none."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable

import pytest
from duban.model.errors import ClassifiedError
from duban.model.progress.classified import refuse_marked_document, refuse_marked_field


def test_no_other_character_folds_to_the_sign() -> None:
    folded = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if not 0xD800 <= code < 0xE000 and "密" in unicodedata.normalize("NFKC", chr(code))
    ]
    assert folded == ["密"]


@pytest.mark.parametrize("refuse", [refuse_marked_field, refuse_marked_document])
def test_marks_in_other_guises_are_seen(refuse: Callable[[str, str], None]) -> None:
    for text in ("机密★1年", "绝\u200b密", "秘 密", "㊙密★", "密级：机密"):
        with pytest.raises(ClassifiedError):
            refuse(text, "x")
    for text in ("保密", "密切配合", "商业秘密保护", ""):
        refuse(text, "x")
