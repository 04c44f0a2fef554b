"""LibreOffice as a converter: own profile, no macros, no outside files, limited time, result checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import ConversionError, DubanError, ProgramMissingError, ReadTimeoutError

#: Results beyond this are no notices.
_LARGEST_RESULT = 64 * 1024 * 1024
#: Address space that LibreOffice maps for itself before it opens anything, in bytes, generously.
_OWN_ROOM = 3 << 30
#: Calls of LibreOffice side by side, documents in one call, and seconds that each further one may take.
_WORKERS, _TOGETHER, _MORE_SECONDS = 4, 10, 20.0
#: The filter that makes PDF with the document's structure, so that screen readers find their way.
_TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
#: Settings of the profile: macros off, links never followed, network through a proxy that is not there.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_VALUES = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def office() -> str | None:
    """The command of an installed LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(raw: bytes, suffix: str, kind: str, name: str, *, seconds: float, memory: int) -> bytes:
    """What LibreOffice makes of a file: of ``kind`` docx or pdf. Nothing of it is left on disk.

    ``seconds`` and ``memory`` (bytes, beside what LibreOffice takes itself) are limits. Raises
    ProgramMissingError, ReadTimeoutError or ConversionError; ``name`` stands in their messages only.
    """
    with tempfile.TemporaryDirectory(prefix="duban-") as folder:
        given = Path(folder) / f"notice{suffix}"
        given.write_bytes(raw)
        (made,) = convert_files([given], kind, Path(folder) / "out", name, seconds=seconds, memory=memory)
        return made.read_bytes()


def convert_files(
    given: Sequence[Path],
    kind: str,
    folder: Path,
    name: str = "",
    *,
    seconds: float,
    memory: int = 1 << 30,
    infilter: str = "",
) -> list[Path]:
    """What one start of LibreOffice makes of files, in ``folder``, in their order.

    ``kind`` is an ending, with a filter where it is needed (``txt:Text (encoded):UTF8``); ``infilter`` the
    filter that reads the files. Limits and errors are those of :func:`convert`.
    """
    program = office()
    if program is None:
        raise ProgramMissingError(
            "读 .doc、.wps、.rtf 需要 LibreOffice，没有找到",
            place=name,
            remedy="请安装 LibreOffice（libreoffice-writer），或在 Word、WPS 里另存为 .docx 再读",
        )
    made = _call(program, given, kind, folder, name, seconds=seconds, memory=memory, infilter=infilter)
    if not all(map(_whole, made)):
        raise ConversionError(
            "LibreOffice 打不开这个文件",
            place=name,
            remedy="文件可能已损坏；请在 Word 或 WPS 里另存为 .docx 再读",
        )
    return made


@dataclass(frozen=True, slots=True)
class Pdfs:
    """The PDF of each document in their order, None where it failed, and why those failed."""

    made: tuple[bytes | None, ...]
    failures: tuple[DubanError, ...]


def pdfs(
    documents: Sequence[tuple[str, bytes]],
    *,
    seconds: float,
    memory: int,
    workers: int | None = None,
    tagged: bool = True,
    done: Callable[[int], None] = lambda _: None,
) -> Pdfs:
    """The .docx documents (name, bytes) as PDF files, several in each call of LibreOffice.

    ``tagged``: with the documents' structure, for screen readers; a little slower.

    Up to ``workers`` calls (the machine's cores, at most four) run side by side, each in a profile of its
    own: calls that share one lose files without a word. A document without result is tried again alone,
    another one of its call may have brought LibreOffice down. ``seconds`` is the limit of a single document.
    ``done`` hears how many more are ready. Raises ProgramMissingError.
    """
    program = office()
    if program is None:
        raise ProgramMissingError(
            "没有找到 LibreOffice，没有生成 PDF",
            remedy="请安装 LibreOffice（libreoffice-writer），或在 Word、WPS 里另存为 PDF",
        )
    most = workers or min(os.cpu_count() or 1, _WORKERS)
    kind = _TAGGED_PDF if tagged else "pdf"

    def call(part: Sequence[int]) -> dict[int, bytes | DubanError]:
        some = [documents[at] for at in part]
        made = _pdfs_of(program, some, kind, seconds, memory)
        if len(part) > 1:
            made = [
                _pdfs_of(program, [one], kind, seconds, memory)[0] if isinstance(found, DubanError) else found
                for one, found in zip(some, made, strict=True)
            ]
        done(len(part))
        return dict(zip(part, made, strict=True))

    found: dict[int, bytes | DubanError] = {}
    # Threads: the work is LibreOffice's, in processes of its own.
    with ThreadPoolExecutor(max_workers=most) as pool:
        for made in pool.map(call, _parts([len(raw) for _, raw in documents], most)):
            found |= made
    in_order = [found[at] for at in range(len(documents))]
    return Pdfs(
        tuple(None if isinstance(one, DubanError) else one for one in in_order),
        tuple(one for one in in_order if isinstance(one, DubanError)),
    )


def _parts(sizes: Sequence[int], workers: int) -> list[list[int]]:
    """Places of the documents in parts of like size in all, as many as keep the workers busy alike."""
    count = -(-len(sizes) // _TOGETHER)
    count = min(len(sizes), -(-count // workers) * workers)
    parts: list[tuple[int, list[int]]] = [(0, []) for _ in range(count)]
    for at in sorted(range(len(sizes)), key=lambda one: (-sizes[one], one)):
        lightest = min(range(count), key=lambda one: (parts[one][0], len(parts[one][1])))
        size, places = parts[lightest]
        parts[lightest] = (size + sizes[at], [*places, at])
    return [places for _, places in parts]


def _pdfs_of(
    program: str, part: Sequence[tuple[str, bytes]], kind: str, seconds: float, memory: int
) -> list[bytes | DubanError]:
    """One call for all documents of a part; a document without result has its error."""
    failed: DubanError | None = None
    with tempfile.TemporaryDirectory(prefix="duban-") as folder:
        work = Path(folder)
        given = [work / f"{at}.docx" for at in range(len(part))]
        for path, (_, raw) in zip(given, part, strict=True):
            path.write_bytes(raw)
        limit = seconds + _MORE_SECONDS * (len(part) - 1)
        try:
            made = _call(program, given, kind, work / "out", part[0][0], seconds=limit, memory=memory)
        except ReadTimeoutError as error:
            failed = error
            made = [work / "out" / f"{path.stem}.pdf" for path in given]
        return [
            path.read_bytes()
            if _whole(path)
            else failed or ConversionError("LibreOffice 没有排成 PDF", place=name)
            for path, (name, _) in zip(made, part, strict=True)
        ]


def _call(
    program: str,
    given: Sequence[Path],
    kind: str,
    folder: Path,
    name: str,
    *,
    seconds: float,
    memory: int,
    infilter: str = "",
) -> list[Path]:
    """One call for all files, in a profile of its own; where in ``folder`` their results lie, if made."""
    with tempfile.TemporaryDirectory(prefix="duban-") as profile:
        user = Path(profile) / "user"
        user.mkdir()
        items = "\n".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _VALUES)
        (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += [f"--infilter={infilter}"] if infilter else []
        command += ["--convert-to", kind, "--outdir", str(folder), *map(str, given)]
        _run(command, name, seconds, memory)
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in given]


def _whole(made: Path) -> bool:
    """Whether a result is there, neither empty nor beyond any notice."""
    return made.is_file() and 0 < made.stat().st_size <= _LARGEST_RESULT


def _run(command: list[str], name: str, seconds: float, memory: int) -> None:
    """Run the program and stop it, with all that it started, when the time is over."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _limit_memory(process.pid, memory + _OWN_ROOM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadTimeoutError(
            f"LibreOffice 转换超过 {seconds:g} 秒，已停止",
            place=name,
            remedy="请在 Word 或 WPS 里另存为 .docx 再读",
        ) from error
    finally:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, 9)
            else:
                process.kill()
        process.wait()


def _limit_memory(process: int, most: int) -> None:
    """Limits the address space of the program and of what it starts; Linux only."""
    try:
        from resource import RLIMIT_AS, prlimit
    except ImportError:
        return
    with suppress(ProcessLookupError, PermissionError):
        prlimit(process, RLIMIT_AS, (most, most))
