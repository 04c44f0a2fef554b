"""All benches in one run, as one markdown table: ``python -m bench [NAME…]`` from the repository's top."""

from __future__ import annotations

import json
import subprocess
import sys

from .timing import Row, markdown

BENCHES = (
    "parse_speed",
    "annotation",
    "startup",
    "checklist_docx",
    "registry_search",
    "read_docx",
    "numbering_labels",
    "pdf_reading",
    "scoring",
    "official_pages",
    "scoring_registry",
    "ledger",
    "status",
)


#: Runs one bench and prints its rows.
_ALONE = """
import importlib, json, sys
print(json.dumps(importlib.import_module(f"bench.{sys.argv[1]}").run()))
"""


def main(names: list[str]) -> int:
    """Runs the named benches, all without a name. Returns the exit status: 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"unknown bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names or BENCHES:
        print(f"running {name} …", file=sys.stderr)
        # In a process of its own: what one bench leaves in memory is not measured with the next.
        done = subprocess.run([sys.executable, "-c", _ALONE, name], check=True, stdout=subprocess.PIPE)
        rows += [(what, value, unit) for what, value, unit in json.loads(done.stdout.splitlines()[-1])]
    print(markdown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
