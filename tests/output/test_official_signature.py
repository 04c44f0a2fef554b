"""Signatures drawn after texts of every length near the foot of a page: text stands above each (7.3.5.5)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from drawn import draw, missing, pages
from duban.output.official.compose import compose
from duban.output.official.document import Attachment, OfficialDocument, Seal, Signature
from duban.output.official.settings import read_settings
from made_officials import DAY, DOCUMENTS, FULL, OFFICE

LACKS = missing()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKS), reason=f"pages are not drawn: this machine lacks {LACKS}"),
]
#: The text in front of the last paragraph: none, or a line.
BEFORE = {"sole": (), "last": ("现将有关事项通知如下。",)}
PLAIN = DOCUMENTS["downward"]
PLAIN = dataclasses.replace(
    PLAIN, head=dataclasses.replace(PLAIN.head, copy="", secrecy="", urgency=""), attachments=(), note=""
)
#: Characters of the last paragraph: about the foot of page 1 and of page 2.
LENGTHS = (*range(158, 270, 56), *range(690, 860, 28))


def made() -> dict[str, tuple[OfficialDocument, str]]:
    """Documents by name, with their margin profile."""
    found = {}
    for profile in "AB":
        for where, before in BEFORE.items():
            for length in LENGTHS:
                one = dataclasses.replace(PLAIN, text=(*before, FULL * length))
                found[f"{where}-{length}-{profile}"] = (one, profile)
    for length in LENGTHS[::2]:
        for seal in (Seal.UNSEALED, Seal.STAMPED):
            signature = Signature(OFFICE, DAY, seal, "省长" if seal is Seal.STAMPED else "")
            one = dataclasses.replace(
                PLAIN,
                text=(*BEFORE["last"], FULL * length),
                signature=signature,
                attachments=(Attachment("有关说明", ("一、说明",)),),
                imprint=None,
            )
            found[f"{seal}-{length}"] = (one, "A")
    return found


def test_no_signature_stands_alone_on_its_page(tmp_path: Path) -> None:
    documents = made()
    for name, (document, profile) in documents.items():
        (tmp_path / f"{name}.docx").write_bytes(compose(document, read_settings(profile=profile)))
    alone, without_text = [], []
    for pdf in draw(tmp_path, *(f"{name}.docx" for name in documents)):
        drawn = pages(pdf)
        # The day stands in the 版记 too, with 印发 behind it.
        signed = [page for page in drawn if "2026年1月5日" in page.text.replace("2026年1月5日印发", "")]
        assert len(signed) == 1, pdf.stem
        first = BEFORE["last"][0] if pdf.stem.split("-")[0] != "sole" else FULL
        if FULL not in signed[0].text:
            alone.append(pdf.stem)
        if first not in drawn[0].text:
            without_text.append(pdf.stem)
    assert not alone
    assert not without_text
