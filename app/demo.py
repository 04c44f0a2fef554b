"""`make demo`: the way of the two Liaoning notices, by the very commands that a user types."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .corpus import corpus_folder
from .main import main

#: Folders and files that a demo writes; an earlier demo's are removed, nothing else is touched.
_REGISTRY, _NEWEST, _TABLE = "登记库.db", "责任清单-2021", "责任清单-2018"
_NOTICE = "重点工作任务落实措施"
_OFFICE = (
    "--issuer",
    "省政府办公厅",
    "--to",
    "各市人民政府",
    "--to",
    "省政府各部门",
    "--copy-to",
    "省政府督查室",
)
#: Kind, number and date of the documents that are made.
_DOCUMENTS = (
    ("任务清单", "督办发〔2021〕1号", "2021-03-01", ()),
    ("时间表", "督办发〔2021〕2号", "2021-03-02", ()),
    ("督查通报", "督办发〔2021〕9号", "2021-07-16", ("--as-of", "2021-07-15")),
)
_LEDGER = "督查台账-2021.xlsx"
#: Invented progress, for the demo's lights: task, value, rate, verdict.
_PROGRESS = (
    ("1", "示例：政策落实到位", "100", "--accept"),
    ("2", "示例：完成一半", "50", "--accept"),
    ("3", "示例：已完成", "100", "--return=示例：没有证明材料"),
)


def demo(folder: Path) -> int:
    """Ingest the corpus into a fresh registry, enter some progress, write lists, a ledger and documents, ask
    two questions; the exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (_REGISTRY, f"{_REGISTRY}-wal", f"{_REGISTRY}-shm"):
        (folder / name).unlink(missing_ok=True)
    for name in (_NEWEST, _TABLE):
        shutil.rmtree(folder / name, ignore_errors=True)
    corpus = corpus_folder()
    registry = str(folder / _REGISTRY)
    newest, table = str(folder / _NEWEST), str(folder / _TABLE)
    status = _run("ingest", str(corpus / "liaoning"), str(corpus / "samples"), "--registry", registry)
    for notice, target in ((_NOTICE, newest), ("辽政办发〔2018〕10号", table)):
        status = status or _run(
            "checklist", "--all", "--notice", notice, "-o", target, "--registry", registry, quiet=True
        )
        written = sorted(Path(target).glob("*.docx"))
        print(f"  {len(written)} 份 Word 责任清单：{target}（如 {written[0].name if written else '无'}）")
    of_notice = ("--notice", _NOTICE, "--registry", registry)
    for place, (task, value, percent, verdict) in enumerate(_PROGRESS):
        signed = ("--by", "示例", "--on", "2021-06-20", "--registry", registry)
        entered = ("--task", task, "--value", value, "--percent", percent)
        status = status or _run("progress", "add", "--notice", _NOTICE, *entered, *signed)
        status = status or _run("progress", "review", str(2 * place + 1), verdict, *signed)
    ledger = str(folder / _LEDGER)
    status = status or _run("ledger", "export", *of_notice, "--as-of", "2021-07-15", "-o", ledger)
    for kind, number, date, more in _DOCUMENTS:
        target = str(folder / f"{kind}-2021.docx")
        status = status or _run(
            *("report", kind, *of_notice, *_OFFICE, "--number", number, "--date", date, *more, "-o", target)
        )
    print()
    status = status or _run(
        "status", *of_notice, "--as-of", "2021-07-15", "--limit", "3", "--unit", "省财政厅"
    )
    print()
    status = status or _run("search", "--unit", "省财政厅", *of_notice, "--limit", "3")
    print(f"文件都在 {folder} 里。请打开一份责任清单看看。")
    return status


def _run(*arguments: str, quiet: bool = False) -> int:
    """Run a command as a user would, printing it first."""
    shown = " ".join(argument if " " not in argument else f'"{argument}"' for argument in arguments)
    print(f"$ duban {shown}", flush=True)
    if not quiet:
        return main(arguments)
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        return main(arguments)


if __name__ == "__main__":
    sys.exit(demo(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")))
