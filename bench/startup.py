"""Start-up: what a user waits for before anything happens, in multiples of ``python -c pass``.

``python -m bench.startup`` from the top of the repository, with the package installed. The processes keep
compiled bytecode, as an installed program has it, whatever the environment says of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from .timing import Row, markdown

NOTICE = Path(__file__).parent.parent / "corpus" / "liaoning" / "liaoning-2021-measures.txt"
COMMAND = Path(sys.executable).with_name("duban")
BASE = "python -c pass"


def seconds(command: list[str], environment: Mapping[str, str]) -> float:
    """Wall time of one child process; raises CalledProcessError unless it exits 0 or 1 (needs a person)."""
    start = perf_counter()
    run = subprocess.run(command, capture_output=True, env=environment)
    spent = perf_counter() - start
    if run.returncode not in (0, 1):
        raise subprocess.CalledProcessError(run.returncode, command, run.stdout, run.stderr)
    return spent


def run(*, runs: int = 9) -> list[Row]:
    """Medians in ms and as multiples; the commands take turns, so that a slow moment hits all alike."""
    with TemporaryDirectory() as folder:
        registry = str(Path(folder) / "registry.sqlite")
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        seconds([str(COMMAND), "ingest", str(NOTICE), "--registry", registry], environment)
        commands = {
            BASE: [sys.executable, "-c", "pass"],
            "import duban.extract": [sys.executable, "-c", "import duban.extract"],
            "duban parse, 2021 notice": [str(COMMAND), "parse", str(NOTICE)],
            "duban search --unit 省财政厅": [
                str(COMMAND), "search", "--unit", "省财政厅", "--registry", registry,
            ],
        }  # fmt: skip
        for command in commands.values():
            seconds(command, environment)  # compiles
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(seconds(command, environment))
    medians = {name: median(measured) for name, measured in times.items()}
    rows: list[Row] = [(f"start-up: {name}", spent * 1000, "ms") for name, spent in medians.items()]
    rows += [
        (f"start-up: {name} ÷ {BASE}", spent / medians[BASE], "×")
        for name, spent in medians.items()
        if name != BASE
    ]
    extra = medians["import duban.extract"] - medians[BASE]
    rows.append(("start-up: what import duban.extract adds", extra * 1000, "ms"))
    return rows


def main() -> None:
    print(markdown(run()))


if __name__ == "__main__":
    main()
