"""Notices as issued, their gold records and unit directories: data, not code."""
