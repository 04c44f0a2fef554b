"""The ledger round trip: 5,000 rows written, filled in, and taken back into a registry.

    python -m bench ledger

Peers: openpyxl reading the same file, in its quick mode and as a whole, without any check; XlsxWriter writing
the same texts without formats, lists, notes and protection.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from time import perf_counter

import openpyxl
import xlsxwriter
from duban.app.main import main

from .timing import Row, median_seconds

ROWS = 5_000
RUNS = 5


def made(folder: Path) -> Path:
    """A registry with four notices whose tasks have a milestone each quarter: 5,000 rows."""
    path = folder / "registry.db"
    tasks = ROWS // 4 // 4 + 1
    for notice in (1, 2, 3, 4):
        lines = [
            f"{n}.汇总第{n}批重点项目建设情况，推进开工复工和要素保障，提出处理意见。（责任单位：省财政厅）"
            for n in range(1, tasks + 1)
        ]
        text = f"某省人民政府关于印发第{notice}批任务的通知\n" + "\n".join(lines) + "\n2021年1月5日\n"
        file = folder / f"{notice}.txt"
        file.write_text(text, encoding="utf-8")
        duban("ingest", file, "--registry", path)
    return path


def duban(*arguments: str | Path) -> None:
    """Run a command; what it prints is dropped."""
    told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(told):
        status = main([str(argument) for argument in arguments])
    if status:
        raise RuntimeError(f"duban {arguments} ended with {status}")


def filled_in(file: Path) -> Path:
    """The ledger with a report in every row."""
    book = openpyxl.load_workbook(file)
    sheet = book["督查台账"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, heads["进展"]).value = f"已完成第{row}批，形成实物工作量"
        sheet.cell(row, heads["完成比例(%)"]).value = row % 100
        sheet.cell(row, heads["问题"]).value = "要素保障不足"
    book.save(file.with_name("filled.xlsx"))
    return file.with_name("filled.xlsx")


def bare(file: Path) -> Callable[[], None]:
    """Writes the same texts with XlsxWriter and nothing else."""
    rows = list(openpyxl.load_workbook(file)["督查台账"].iter_rows(values_only=True))

    def write() -> None:
        book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write_string(at, place, str(value))
        book.close()

    return write


def peak_memory(*arguments: str | Path) -> float:
    """Peak resident memory in MB of the command in a process of its own; Linux only, else 0.

    ``ru_maxrss`` would also count what this process had when it forked.
    """
    program = (
        "import sys\nfrom pathlib import Path\nfrom duban.app.main import main\nstatus = main(sys.argv[1:])\n"
        "told = Path('/proc/self/status')\n"
        "lines = told.read_text().splitlines() if told.exists() else ['VmHWM: 0 kB']\n"
        "print(next(line for line in lines if line.startswith('VmHWM')), file=sys.stderr)\nsys.exit(status)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    return int(ran.stderr.split()[-2]) * 1024 / 1e6


def run() -> list[Row]:
    """Export, import of an untouched and of a filled-in ledger, the peers, memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registry = made(folder)
        file = folder / "ledger.xlsx"
        export = ("ledger", "export", "-o", file, "--as-of", "2021-07-01", "--registry", registry)
        exported = median_seconds(lambda: duban(*export), runs=RUNS)
        rows = openpyxl.load_workbook(file)["督查台账"].max_row - 3
        filled = filled_in(file)
        signed = ("--by", "张三", "--on", "2021-07-02")
        times = []
        for at in range(RUNS):
            fresh = folder / f"{at}.db"
            shutil.copy(registry, fresh)
            start = perf_counter()
            duban("ledger", "import", filled, *signed, "--registry", fresh)
            times.append(perf_counter() - start)
        taken = median(times)
        again = median_seconds(
            lambda: duban("ledger", "import", filled, *signed, "--registry", folder / "0.db"), runs=RUNS
        )
        quick = median_seconds(
            lambda: [
                row
                for sheet in openpyxl.load_workbook(filled, read_only=True).worksheets
                for row in sheet.iter_rows(values_only=True)
            ],
            runs=RUNS,
        )
        whole = median_seconds(lambda: openpyxl.load_workbook(filled), runs=3)
        plain = median_seconds(bare(filled), runs=3)
        shutil.copy(registry, folder / "m.db")
        memory = peak_memory("ledger", "import", filled, *signed, "--registry", folder / "m.db")
        return [
            (f"ledger: export of {rows:,} rows", exported, "s"),
            (f"ledger: import of {rows:,} reports, all new", taken, "s"),
            ("ledger: import of the same file again", again, "s"),
            ("ledger: XlsxWriter, the same texts without anything else", plain, "s"),
            ("ledger: openpyxl reads the same file, quick mode, no checks", quick, "s"),
            ("ledger: openpyxl reads the same file as a whole, no checks", whole, "s"),
            ("ledger: export, ratio to bare XlsxWriter", exported / plain, "×"),
            ("ledger: import, ratio to openpyxl reading alone, quick mode", taken / quick, "×"),
            ("ledger: peak memory of the export", peak_memory(*export), "MB"),
            ("ledger: peak memory of the import", memory, "MB"),
        ]
