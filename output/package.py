"""Package: parts written as a zip: same input, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: First moment that a zip entry can bear: no clock reaches the bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in fixed order, with fixed times and attributes; content types come first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
