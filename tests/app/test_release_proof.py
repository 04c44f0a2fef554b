"""Release: whatever is falsified in a made document, of every kind, is stopped; so is a text too long."""

from __future__ import annotations

import dataclasses
import io
import random
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from duban.app.reports import KINDS
from duban.app.reports.job import Prepared
from duban.app.reports.release import proven
from duban.model.errors import ProofError
from duban.output.official.compose import compose
from duban.output.official.proof import prove
from duban.output.official.settings import read_settings
from report_jobs import ASKED, prepared, registry_of

pytestmark = pytest.mark.slow
SETTINGS = read_settings()
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<&]+)</w:t>")
#: What is falsified: a digit, a share or other decimal, a unit's name, a rank or number that is a whole cell,
#: any character; rows and paragraphs are taken out, cells exchanged.
WAYS = ("digit", "decimal", "unit", "cell", "character", "row", "paragraph", "swap")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> str:
    return registry_of(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="module")
def made(registry: str) -> dict[str, list[Prepared]]:
    assert set(ASKED) == set(KINDS), "every kind of document is falsified here"
    return {
        kind: [one for asked in several for one in prepared(registry, kind, asked)]
        for kind, several in ASKED.items()
    }


def falsified(body: str, way: str, chance: random.Random) -> str | None:
    """The document part with one thing changed; None where it has nothing of the kind."""
    if way in {"row", "paragraph"}:
        pattern = r"<w:tr>.*?</w:tr>" if way == "row" else r'<w:p><w:pPr><w:pStyle w:val="Body"/>.*?</w:p>'
        found = list(re.finditer(pattern, body))
        if not found:
            return None
        gone = chance.choice(found)
        return body[: gone.start()] + body[gone.end() :]
    if way == "swap":
        cells = [one for one in re.finditer(r"<w:tc>.*?</w:tc>", body) if _TEXT.search(one[0])]
        pairs = [(a, b) for a, b in pairwise(cells) if _words(a[0]) != _words(b[0])]
        if not pairs:
            return None
        one, other = chance.choice(pairs)
        between = body[one.end() : other.start()]
        return body[: one.start()] + other[0] + between + one[0] + body[other.end() :]
    patterns = {
        "digit": r"\d",
        "decimal": r"(?<=\d\.)\d|\d(?=%)",
        "unit": r"(?<=省)[\u4e00-\u9fff](?=[\u4e00-\u9fff]*[厅局委])",
        "cell": r"^\d+$",
        "character": r"\S",
    }
    places = [
        (text.start(1) + at.start(), text.start(1) + at.end())
        for text in _TEXT.finditer(body)
        for at in re.finditer(patterns[way], text[1])
    ]
    if not places:
        return None
    start, end = chance.choice(places)
    old = body[start:end]
    new = str(int(old) + 1) if old.isdecimal() else "伪"
    return body[:start] + new + body[end:]


def _words(cell: str) -> str:
    return "".join(_TEXT.findall(cell))


def repacked(data: bytes, body: str) -> bytes:
    """The package with another document part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in (parts | {"word/document.xml": body.encode()}).items():
            archive.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_falsification_is_stopped_and_its_place_named(
    made: dict[str, list[Prepared]], kind: str
) -> None:
    tried = dict.fromkeys(WAYS, 0)
    for number, one in enumerate(made[kind]):
        data = compose(one.document, SETTINGS)
        again = one.again()
        prove(data, again)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = archive.read("word/document.xml").decode()
        for way in WAYS:
            for seed in range(3):
                wrong = falsified(body, way, random.Random(1000 * number + seed))
                if wrong is None:
                    continue
                tried[way] += 1
                with pytest.raises(ProofError) as stopped:
                    prove(repacked(data, wrong), again)
                assert stopped.value.place, (way, seed)
    assert sum(tried.values()) >= 15, tried


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_text_is_as_long_as_its_kind_allows_and_no_longer(
    made: dict[str, list[Prepared]], kind: str
) -> None:
    one, most = made[kind][0], KINDS[kind].most
    if most is None:
        # A notice that is set again is as long as it is.
        assert kind == "通知原文"
        return
    assert most in {4000, 5000}
    assert proven(one, SETTINGS, most)

    def of(length: int) -> Prepared:
        long = dataclasses.replace(one.document, text=("字" * length,), agreements=())
        return Prepared(one.name, long, lambda: long)

    assert proven(of(most), SETTINGS, most)
    with pytest.raises(ProofError, match=f"超过 {most} 字"):
        proven(of(most + 1), SETTINGS, most)


COUNTED = "{{% block opening %}}共{{{{ total {} }}}}项。{{% endblock %}}"


@pytest.mark.parametrize(
    ("kind", "wording", "told"),
    [
        ("任务清单", ("tasks", COUNTED.format("+ 1")), "任务数前后不一致"),
        ("责任清单", ("duties", COUNTED.format("- 1")), "任务数前后不一致"),
        (
            "责任清单",
            (
                "duties",
                "{% block opening %}共{{ total }}项，牵头{{ lead + 1 }}项、责任{{ responsible - 1 }}项、"
                "配合{{ cooperating }}项。{% endblock %}",
            ),
            "牵头任务数前后不一致",
        ),
        ("任务书", ("task_book", COUNTED.format("+ 2")), "任务数前后不一致"),
    ],
)  # fmt: skip
def test_an_offices_own_wording_that_counts_wrong_is_stopped(
    tmp_path: Path, registry: str, kind: str, wording: tuple[str, str], told: str
) -> None:
    file, block = wording
    (tmp_path / "official").mkdir()
    (tmp_path / "official" / f"{file}.j2").write_text(block, "utf-8")
    unit = ASKED[kind][-1] if kind != "任务清单" else ASKED[kind][0]
    (one,) = prepared(registry, kind, (*unit, "--templates", str(tmp_path)))
    with pytest.raises(ProofError, match=told):
        proven(one, SETTINGS, 5000)
