"""The parser against hand-made annotations of real notices, by the measure that the project is held to."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

from notices_at_hand import ROOT, SHARED, skip_without

#: Smallest F1 of each field.
WANTED = {
    "clause": 0.99,
    "clause_span": 0.98,
    "party_role": 0.97,
    "task": 0.98,
    "clause_task": 0.99,
    "deadline_due": 0.80,
}


def test_the_annotated_notices_are_read_as_well_as_promised() -> None:
    skip_without(SHARED / "notices" / "gold", "the annotated notices")
    notices = SHARED / "notices"
    command = f"{shlex.quote(sys.executable)} -m duban.app.main parse --format json -q"
    run = subprocess.run(
        [
            sys.executable,
            str(SHARED / "tools" / "score_gold.py"),
            "--json",
            "--command",
            command,
            str(notices),
            str(notices / "gold"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    scores = json.loads(run.stdout)
    assert scores["failed"] == []
    reached = {field: scores[field]["f1"] for field in WANTED}
    assert all(reached[field] >= WANTED[field] for field in WANTED), reached
