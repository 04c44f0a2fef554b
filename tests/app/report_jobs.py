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
OFFICE = ("--issuer", "某省人民政府办公厅", "--number", "某政办发〔2021〕5号", "--date", "2021-03-01")
SCORES = (
    "--rules", "liaoning-2018", "--inputs", str(Path(__file__).parent / "golden" / "成绩.json"),
)  # fmt: skip

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
    "考评结果通报": (SCORES,),
    "扣分告知": ((*SCORES, "--unit", "丁市"),),
    "督查台账": (("--notice", "1", "--as-of", "2024-06-20"),),
    "督查通报": (("--notice", "1", "--as-of", "2024-06-20"),),
    "催办单": (("--notice", "1", "--as-of", "2024-06-26"),),
    "中期评估通报": (("--notice", "1", "--as-of", "2024-06-20"),),
    "年底绩效对账": (("--notice", "1", "--as-of", "2024-12-31"),),
}
#: Kinds made from the registry that has progress.
PROGRESS = ("督查台账", "督查通报", "催办单", "中期评估通报", "年底绩效对账")


def registry_of(folder: Path) -> str:
    """A registry with the two Liaoning notices; beside it one with a notice and progress."""
    registry = str(folder / "registry.db")
    assert main(["ingest", "-q", "--registry", registry, *map(str, sorted(LIAONING.glob("*.txt")))]) == 0
    progress_made.filled(folder / "progress.db")
    return registry


def prepared(registry: str, kind: str, asked: tuple[str, ...]) -> list[Prepared]:
    """The documents of a kind, made but not yet proven."""
    if kind in PROGRESS:
        registry = str(Path(registry).with_name("progress.db"))
    # Several letters cannot have one number.
    office = OFFICE[:2] + OFFICE[4:] if kind == "催办单" else OFFICE
    options = parser_of("report").parse_args(["report", kind, *office, *asked, "--registry", registry])
    return list(KINDS[kind].documents()(job_of(options)))
