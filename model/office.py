"""LibreOffice as a converter: own profile, no macros, no outside files, limited time, result checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .errors import ConversionError, ProgramMissingError, ReadTimeoutError

#: Results beyond this are no notices.
_LARGEST_RESULT = 64 * 1024 * 1024
#: Address space that LibreOffice maps for itself before it opens anything, in bytes, generously.
_OWN_ROOM = 3 << 30
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
    """What LibreOffice makes of a file: of ``kind`` docx, xlsx or pdf. Nothing of it is left on disk.

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
            "读 .doc、.wps、.rtf、.xls 等旧格式需要 LibreOffice，没有找到",
            place=name,
            remedy="请安装 LibreOffice，或在 Word、WPS 里另存为 .docx（表格为 .xlsx）再读",
        )
    made = call(program, given, kind, folder, name, seconds=seconds, memory=memory, infilter=infilter)
    found = [path for path in made if path is not None]
    if len(found) < len(made):
        raise ConversionError(
            "LibreOffice 打不开这个文件",
            place=name,
            remedy="文件可能已损坏；请在 Word 或 WPS 里另存为 .docx（表格为 .xlsx）再读",
        )
    return found


def call(
    program: str,
    given: Sequence[Path],
    kind: str,
    folder: Path,
    name: str,
    *,
    seconds: float,
    memory: int,
    infilter: str = "",
) -> list[Path | None]:
    """One start of LibreOffice, in a profile of its own; what it made of each file, None for nothing usable.

    Raises ReadTimeoutError.
    """
    with tempfile.TemporaryDirectory(prefix="duban-") as profile:
        user = Path(profile) / "user"
        user.mkdir()
        items = "\n".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _VALUES)
        (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += [f"--infilter={infilter}"] if infilter else []
        command += ["--convert-to", kind, "--outdir", str(folder), *map(str, given)]
        _run(command, name, seconds, memory)
    return results(given, kind, folder)


def results(given: Sequence[Path], kind: str, folder: Path) -> list[Path | None]:
    """What stands in ``folder`` for each file that was to be converted; None where nothing usable does."""
    made = [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in given]
    return [path if path.is_file() and 0 < path.stat().st_size <= _LARGEST_RESULT else None for path in made]


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
            remedy="请在 Word 或 WPS 里另存为 .docx（表格为 .xlsx）再读",
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
