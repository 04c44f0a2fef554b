"""A job of `duban report` for every kind, over a registry that has what the kind needs."""

from __future__ import annotations

from pathlib import Path

import progress_made
from duban.app.main import main
from duban.app.options import parser_of
from duban.app.reports import KINDS
from duban.app.reports.job import Prepared, job_of

LIAONING = Path(__file__).resolve().parents[2] / "corpus" / "liaoning"
MEASURES, ASSESSMENT = "重点工作任务落实措施", "辽政办发〔2018〕10号"
#: The notice whose tasks have progress: the first in the registry.
TRACKED = "1"
SCORES = (
    *("--rules", "liaoning-2018", "--inputs"),
    str(Path(__file__).parent / "golden" / "成绩.json"),
)
OFFICE = ("--issuer", "某省人民政府办公厅", "--number", "某政办发〔2021〕5号", "--date", "2021-03-01")

#: What is asked for by kind, several for kinds that look different by what is asked.
ASKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "任务清单": (("--notice", MEASURES), ("--notice", ASSESSMENT, "--section", "四")),
    "责任清单": (
        ("--notice", MEASURES, "--section", "三"),
        ("--notice", ASSESSMENT),
        ("--notice", MEASURES, "--unit", "省财政厅"),
        ("--notice", ASSESSMENT, "--unit", "省财政厅"),
    ),
    "任务书": (("--notice", MEASURES, "--unit", "省科技厅"), ("--notice", ASSESSMENT, "--unit", "省教育厅")),
    "时间表": (("--notice", MEASURES, "--section", "三"), ("--notice", ASSESSMENT)),
    "路线图": (("--notice", MEASURES, "--section", "三"),),
    "通知原文": (("--notice", MEASURES), ("--notice", ASSESSMENT)),
    "督查台账": (("--notice", TRACKED, "--as-of", "2024-06-20"),),
    "督查通报": (("--notice", TRACKED, "--as-of", "2024-06-20"),),
    "催办单": (("--notice", TRACKED, "--as-of", "2024-06-26", "--unit", "市财政局"),),
    "中期评估通报": (("--notice", TRACKED, "--as-of", "2024-06-20"),),
    "年底绩效对账": (("--notice", TRACKED, "--as-of", "2024-12-31"),),
    "考评结果通报": (SCORES,),
    "扣分告知": ((*SCORES, "--unit", "丁市"),),
}


def registry_of(folder: Path) -> str:
    """A registry with the two Liaoning notices and one whose tasks have progress."""
    registry = progress_made.filled(folder / "registry.db")
    assert main(["ingest", "-q", "--registry", registry, *map(str, sorted(LIAONING.glob("*.txt")))]) == 0
    return registry


def prepared(registry: str, kind: str, asked: tuple[str, ...]) -> list[Prepared]:
    """The documents of a kind, made but not yet proven."""
    options = parser_of("report").parse_args(["report", kind, *OFFICE, *asked, "--registry", registry])
    return list(KINDS[kind].documents()(job_of(options)))
