"""Options of the commands that read notices, and what they ask of the readers."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..extract.readers import ReadOptions

#: Recognising takes seconds a page, not thousandths.
_OCR_SECONDS = 1800.0
REVISIONS = ("accepted", "rejected", "original")


def add_reading_options(command: argparse.ArgumentParser) -> None:
    """``--encoding``, ``--revisions`` and ``--ocr``."""
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


def read_options(options: argparse.Namespace) -> ReadOptions:
    """What the readers are asked for."""
    from ..extract.readers import ReadOptions

    asked = ReadOptions(encoding=options.encoding, revisions=options.revisions, ocr=options.ocr)
    return replace(asked, seconds=_OCR_SECONDS) if options.ocr else asked
