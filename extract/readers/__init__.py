"""Readers: one module per file format, from bytes to a Source; the type is told by content, not by ending."""

from .registry import Reader, ReadOptions, read, reader_for, readers, suffixes

__all__ = ["ReadOptions", "Reader", "read", "reader_for", "readers", "suffixes"]
