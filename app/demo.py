"""`make demo`: the way of the two Liaoning notices, by the very commands that a user types."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .corpus import corpus_folder
from .main import main

#: Folders and files that a demo writes; an earlier demo's are removed, nothing else is touched.
_REGISTRY, _NEWEST, _TABLE = "登记库.db", "责任清单-2021", "责任清单-2018"
_OFFICIAL = "任务清单-2021.docx"


def demo(folder: Path) -> int:
    """Ingest the corpus into a fresh registry, write lists, ask one question; the exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (_REGISTRY, f"{_REGISTRY}-wal", f"{_REGISTRY}-shm"):
        (folder / name).unlink(missing_ok=True)
    for name in (_NEWEST, _TABLE):
        shutil.rmtree(folder / name, ignore_errors=True)
    corpus = corpus_folder()
    registry = str(folder / _REGISTRY)
    newest, table = str(folder / _NEWEST), str(folder / _TABLE)
    status = _run("ingest", str(corpus / "liaoning"), str(corpus / "samples"), "--registry", registry)
    for notice, target in (("重点工作任务落实措施", newest), ("辽政办发〔2018〕10号", table)):
        status = status or _run(
            "checklist", "--all", "--notice", notice, "-o", target, "--registry", registry, quiet=True
        )
        written = sorted(Path(target).glob("*.docx"))
        print(f"  {len(written)} 份 Word 责任清单：{target}（如 {written[0].name if written else '无'}）")
    status = status or _run(
        *("report", "任务清单", "--notice", "重点工作任务落实措施", "--registry", registry),
        *("--issuer", "省政府办公厅", "--number", "督办发〔2021〕1号", "--date", "2021-03-01"),
        *("--to", "各市人民政府", "--to", "省政府各部门", "--copy-to", "省政府督查室"),
        *("-o", str(folder / _OFFICIAL)),
    )
    print()
    status = status or _run(
        "search",
        "--unit",
        "省财政厅",
        "--notice",
        "重点工作任务落实措施",
        "--limit",
        "3",
        "--registry",
        registry,
    )
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
