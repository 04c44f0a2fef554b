"""Evidence files: kept by content hash in a folder beside the registry, written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from ..errors import ProgressError
from ..registry.target import Target
from .classified import refuse_marked_document, refuse_marked_field
from .entries import Entry

#: A mark stands at the head of the first page; a file that nobody could decode is tried in these.
_HEAD = 65536
_CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
FOLDER_VARIABLE = "DUBAN_EVIDENCE"


def evidence_folder(target: Target) -> Path:
    """``registry.db.evidence`` beside a registry file; ``$DUBAN_EVIDENCE`` for a database server.

    Raises ProgressError when a server's folder is not told.
    """
    if target.path:
        return target.path.with_name(f"{target.path.name}.evidence")
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    if not named:
        raise ProgressError(
            "没有存放证明材料的文件夹",
            place=target.place,
            remedy=f"登记库在数据库服务器上时，请用环境变量 {FOLDER_VARIABLE} 指明共用的文件夹",
        )
    return Path(named)


def keep(folder: Path, raw: bytes, name: str, text: str | None) -> str:
    """Keep a file; its SHA-256. ``text`` is what it reads as, None where it cannot be read.

    Raises ClassifiedError, with nothing written, for a marked name or text; ProgressError where it cannot be
    written.
    """
    refuse_marked_field(name, "证明材料的文件名")
    guessed = [raw[:_HEAD].decode(codec, "replace") for codec in _CODECS]
    for words in guessed if text is None else [text]:
        refuse_marked_document(words, "证明材料")
    digest = sha256(raw).hexdigest()
    path = place_of(folder, digest)
    try:
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(prefix=".partial-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ProgressError(
            f"证明材料存不进去（{error.strerror or error}）", place=str(folder), remedy="请检查磁盘空间和权限"
        ) from error
    return digest


def place_of(folder: Path, digest: str) -> Path:
    """Where a file of this hash stands."""
    return folder / digest[:2] / digest


def missing_files(found: Iterable[Entry], folder: Path) -> list[tuple[int, str]]:
    """Entries whose file is gone or altered, with what is wrong. Changed entries are the chain's business."""
    wrong: list[tuple[int, str]] = []
    for entry in found:
        if entry.kind != "proof" or entry.computed() != entry.hash:
            continue
        digest = json.loads(entry.after).get("sha256", "")
        path = place_of(folder, digest)
        if digest and not path.is_file():
            wrong.append((entry.number, f"证明材料不在：{path.name}"))
        elif digest and sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append((entry.number, f"证明材料被改：{path.name}"))
    return wrong
