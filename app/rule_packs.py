"""Rule packs that the user names: a file, or one that travels with the program."""

from __future__ import annotations

from pathlib import Path

from ..model.errors import RulesError, UsageError
from ..score.pack import RulePack
from ..score.pack_file import load_pack
from .corpus import corpus_folder
from .files import Found, read


def read_text(name: str) -> str:
    """The text of a UTF-8 file. Raises InputError, RulesError."""
    raw = read(Found(name, name, Path(name).name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RulesError("不是 UTF-8 文字", place=name, remedy="请另存为 UTF-8") from None


def travelling() -> dict[str, Path]:
    """The packs of the corpus by name."""
    return {path.stem: path for path in sorted((corpus_folder() / "rules").glob("*.toml"))}


def find_pack(name: str | None, year: int | None) -> RulePack:
    """The pack of a file, of a travelling pack's name or id; without a name the only one of that year.

    Raises RulesError, InputError, UsageError where no pack or several fit, or the year is another.
    """
    known = travelling()
    if name is not None and name not in known and Path(name).exists():
        pack = load_pack(read_text(name), name)
    else:
        packs = [load_pack(path.read_text(encoding="utf-8"), path.name) for path in known.values()]
        fitting = [
            pack for pack, stem in zip(packs, known, strict=True)
            if (name is None or name in (stem, pack.id)) and (year is None or pack.year == year)
        ]  # fmt: skip
        if len(fitting) != 1:
            what = f"没有规则“{name}”" if name else "没有写用哪一份规则"
            raise UsageError(what, remedy=f"请用 --rules 写文件，或 {'、'.join(known)}")
        pack = fitting[0]
    if year is not None and pack.year != year:
        raise UsageError(
            f"规则是 {pack.year} 年的，不是 {year} 年的", place=pack.place, remedy="请改 --year 或 --rules"
        )
    return pack
