"""Options of the commands that read notices, and what they ask of the readers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..extract.readers import ReadOptions

#: Recognising takes seconds a page, not thousandths.
_SECONDS, _OCR_SECONDS = 60.0, 1800.0
#: The largest number that either takes: a day of seconds, 84 GB.
_MOST = 86_400
REVISIONS = ("accepted", "rejected", "original")


def add_reading_options(command: argparse.ArgumentParser) -> None:
    """How files are read: ``--encoding``, ``--revisions``, ``--ocr``, and the limits for each of them."""
    command.add_argument(
        "--encoding", metavar="NAME", help="指明编码 / the files' encoding (utf-8, gb18030 …)"
    )
    command.add_argument(
        "--revisions",
        choices=REVISIONS,
        default="accepted",
        help="Word 修订：接受、拒绝、原文 / tracked changes of Word files",
    )
    command.add_argument(
        "--ocr",
        action="store_true",
        help="扫描页用本机的 tesseract 识别，结果须核对 / recognise scanned pages",
    )
    command.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_positive,
        help="每个文件至多读多少秒，默认 60，识别时 1800 / seconds a file may take",
    )
    command.add_argument(
        "--memory",
        metavar="MB",
        type=_positive,
        default=1024,
        help="读文件至多用多少内存，默认 1024 MB / memory that reading may take",
    )


def read_options(options: argparse.Namespace) -> ReadOptions:
    """What the readers are asked for."""
    from ..extract.readers import ReadOptions

    return ReadOptions(
        encoding=options.encoding,
        revisions=options.revisions,
        ocr=options.ocr,
        seconds=options.timeout or (_OCR_SECONDS if options.ocr else _SECONDS),
        memory=options.memory << 20,
    )


def _positive(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) <= _MOST:
        raise argparse.ArgumentTypeError(f"“{value}”不是 1 至 {_MOST} 的整数")
    return int(value)
