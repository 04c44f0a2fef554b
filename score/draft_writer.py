"""Writes the TOML of a drafted pack."""

from __future__ import annotations


class Writer:
    """Writes tables; quotes are taken from the notice by span."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: list[str] = []

    def line(self, words: str) -> None:
        self.lines.append(words)

    def table(self, head: str, **values: object) -> None:
        self.lines.append(head)
        for key, value in values.items():
            if key == "span" and isinstance(value, tuple):
                self.lines.append(f"span = [{value[0]}, {value[1]}]")
            elif value is not None:
                self.lines.append(f"{key} = {_toml(value)}")
        self.lines.append("")

    def quoted(self, head: str, start: int, end: int, **values: object) -> None:
        self.table(head, **values, quote=self.source[start:end], span=(start, end))

    def text(self) -> str:
        return "\n".join(self.lines).rstrip() + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(word) for word in value) + "]"
    word = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in word) + '"'
