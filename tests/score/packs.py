"""The pack of the corpus and small packs for tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from duban.score.inputs import load_inputs
from duban.score.pack import RulePack
from duban.score.pack_file import load_pack
from duban.score.scoring import Scoring, TrackScores

ROOT = Path(__file__).parents[2]
PACK = ROOT / "corpus" / "rules" / "liaoning-2018.toml"
NOTICE = ROOT / "corpus" / "liaoning" / "liaoning-2018-assessment.txt"

CITY = {"indicator": "92", "leaders": "88", "office": "90", "departments": "85"}
DEPARTMENT = {
    "tasks": "95", "documents": "90", "common": "88", "leaders": "86", "office": "92", "cities": "80",
}  # fmt: skip

#: The smallest pack that scores.
SMALL = """
[pack]
id = "T"
title = "试行办法"
year = 2024
[[track]]
key = "unit"
name = "单位"
[[part]]
track = "unit"
key = "work"
name = "工作"
parent = "total"
weight = "80%"
results = true
[[part]]
track = "unit"
key = "vote"
name = "评议"
parent = "total"
weight = "20%"
ballots = "all"
[[conversion]]
form = "linear"
[[item]]
kind = "bonus"
code = "J1"
name = "表扬"
each = "1"
cap = "2"
tracks = ["unit"]
[[limit]]
kind = "bonus"
cap = "3"
"""


@cache
def liaoning() -> RulePack:
    return load_pack(PACK.read_text(encoding="utf-8"), PACK.name)


def scoring(track: str, units: dict[str, Any], pack: RulePack | None = None, **more: Any) -> Scoring:
    """A scoring from the JSON form of the inputs."""
    pack = pack or liaoning()
    text = json.dumps({"track": track, "units": units, **more}, ensure_ascii=False)
    return Scoring(pack, load_inputs(text, "inputs.json", pack)[0])


def scored(track: str, units: dict[str, Any], **readings: str) -> TrackScores:
    """Scores under the chosen readings; ``a_b=x`` sets the reading of sentence ``a-b``."""
    chosen = liaoning().chosen() | {key.replace("_", "-"): value for key, value in readings.items()}
    return scoring(track, units).scores(chosen)
