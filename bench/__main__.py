"""All benches in one run, as one markdown table: ``python -m bench [NAME…]`` from the repository's top."""

from __future__ import annotations

import importlib
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


def main(names: list[str]) -> int:
    """Runs the named benches, all without a name. Returns the exit status: 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"unknown bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names or BENCHES:
        print(f"running {name} …", file=sys.stderr)
        rows += importlib.import_module(f"bench.{name}").run()
    print(markdown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
