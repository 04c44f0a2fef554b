"""The one notice that a command is about: a file of any format that can be read."""

from __future__ import annotations

from ..extract.readers import ReadOptions
from ..extract.readers import read as read_source
from ..model import Source
from ..model.errors import InputError, UsageError
from .files import Found, expand, read


def notice_file(name: str) -> Found:
    """The file that a name, a pattern, a folder with one notice or - means. Raises UsageError for several."""
    files = expand([name])
    if len(files) != 1:
        raise UsageError(f"{name} 里有 {len(files)} 个文件", remedy="请指明一份通知")
    return files[0]


def source_of(file: Found, options: ReadOptions | None = None, *, raw: bytes | None = None) -> Source:
    """The text of a notice; ``raw`` saves reading its bytes again. Raises InputError that names the file."""
    try:
        data = read(file) if raw is None else raw
        return read_source(data, file.name, options)
    except InputError as error:
        error.place = file.label
        raise
