"""`duban rules`: drafts that load, and checks that tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from duban.extract import parse_text
from duban.score.draft import draft_pack
from duban.score.pack_file import load_pack
from packs import NOTICE, PACK


def test_a_draft_of_the_2018_notice_loads_and_marks_its_gaps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.toml"
    ran = run(monkeypatch, "rules", "draft", NOTICE, "-o", draft)
    assert ran.status == 1
    assert "7 处" in ran.err
    pack = load_pack(draft.read_text(encoding="utf-8"), "draft.toml")
    assert len(pack.items) == 23
    assert [track.key for track in pack.tracks] == ["city", "department"]
    assert [str(p.weight) for p in pack.children("city", "total")] == ["0.70", "0.30"]
    assert any("conversion" in gap for gap in pack.gaps)
    checked = run(monkeypatch, "rules", "check", draft, "--notice", NOTICE)
    assert checked.status == 1
    assert "引文" not in checked.err
    assert "空缺" in checked.err


def test_the_travelling_pack_is_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran = run(monkeypatch, "rules", "check", "liaoning-2018")
    assert (ran.status, ran.err) == (0, "")
    moved = tmp_path / "moved.toml"
    moved.write_text(
        PACK.read_text(encoding="utf-8").replace("span = [1014,", "span = [1013,"), encoding="utf-8"
    )
    shifted = tmp_path / "notice.txt"
    shifted.write_text("前言\n" + NOTICE.read_text(encoding="utf-8"), encoding="utf-8")
    ran = run(monkeypatch, "rules", "check", "liaoning-2018", "--notice", shifted)
    assert ran.status == 1
    assert "引文不在" in ran.err
    assert "sha256" in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "没有规则。",
        "综合得分=甲×50%+1乙×30%。扣完为止。",
        '发生"事故\\的每次扣1分。',
        "分别加5分、3分。得分。",
    ],
)
def test_any_notice_gives_a_draft(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    file = tmp_path / "n.txt"
    file.write_text(text, encoding="utf-8")
    assert draft_pack(parse_text(text)).startswith("# ")
    ran = run(monkeypatch, "rules", "draft", file)
    assert ran.status == 1
    assert "[pack]" in ran.out
