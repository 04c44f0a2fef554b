"""Options of the commands that read notices, and what they ask of the readers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..extract.readers import ReadOptions

REVISIONS = ("accepted", "rejected", "original")


def add_reading_options(command: argparse.ArgumentParser) -> None:
    """``--encoding`` and ``--revisions``."""
    command.add_argument(
        "--encoding", metavar="NAME", help="指明编码 / the files' encoding (utf-8, gb18030 …)"
    )
    command.add_argument(
        "--revisions",
        choices=REVISIONS,
        default="accepted",
        help="Word 修订：接受、拒绝、原文 / tracked changes of Word files",
    )


def read_options(options: argparse.Namespace) -> ReadOptions:
    """What the readers are asked for."""
    from ..extract.readers import ReadOptions

    return ReadOptions(encoding=options.encoding, revisions=options.revisions)
