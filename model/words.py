"""Words: jieba's tokenizer, for this program alone; loaded when first asked for."""

from __future__ import annotations

import logging
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .folders import cache_folder

if TYPE_CHECKING:
    from jieba import Tokenizer


@cache
def tokenizer() -> Tokenizer:
    """A tokenizer of our own: words that others add to jieba's shared one do not change what we suggest."""
    with warnings.catch_warnings():
        # jieba 0.42.1 asks setuptools for its files, and has escapes in plain strings.
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=DeprecationWarning)
        warnings.filterwarnings(
            "ignore", message="Deprecated call to `pkg_resources", category=DeprecationWarning
        )
        warnings.filterwarnings("ignore", message="Module .* was already imported", category=UserWarning)
        warnings.filterwarnings("ignore", message="invalid escape sequence", category=SyntaxWarning)
        warnings.filterwarnings("ignore", message="invalid escape sequence", category=DeprecationWarning)
        import jieba

        # jieba reports its start, and a cache it cannot write, on standard error; neither concerns the user.
        logging.getLogger("jieba").setLevel(logging.CRITICAL)
        own = jieba.Tokenizer()
        own.tmp_dir = str(_made(cache_folder()))
        own.cache_file = "jieba-0.42.1.cache"
        own.initialize()
    return own


def _made(folder: Path) -> Path:
    """``folder``, made where it can be; where not, jieba reads its dictionary anew each time (about a
    second)."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder
