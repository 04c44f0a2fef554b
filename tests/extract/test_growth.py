"""Time grows in proportion to the text, on notices and on texts made to hurt; memory stays in bounds."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import pytest
from duban.extract import parse_text
from duban.extract.parties import forget_readings
from notices_at_hand import LIAONING, ROOT, SHARED, liaoning, skip_without

FACTOR, LIMIT = 16, 20
TASK = "1.做事。（责任单位：省财政厅）\n"
TABLE = "序号 | 任务 | 责任单位 |\n"

#: Pieces that are repeated as they stand.
REPEATED = (
    "(", "（责任单位：", "①", "1.", "一、", "（一）", "责任单位：", "省财政厅、", "|", "a | b |\n", "年底",
    "2021年", "(省财政厅)", "。", "、", "第一条", TABLE, "附件1\n", "附件:1.x\n", "2021年1月1日\n",
    "年度目标:", "专栏1.", "    ", "“", "1)", "责任单位:省财政厅、\n", "牵头单位：省财政厅\n",
    "省财政厅\n2021年4月5日\n", "牵头、", "完成", "。   ", " \n", TASK, "（责任单位：省财政厅\n",
    "180项重点任务", "序号\n任务\n责任单位\n1\n甲\n", "列在第一", "一是", "— 3 —\n",
    "责任单位：省财政厅\n省税务局\n",
)  # fmt: skip
#: Texts whose parts depend on each other: each would take forever for a parser that looks twice.
HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets of the wrong kind": lambda n: "(" * n + "]" * n,
    "signs that close nothing": lambda n: "(" * n + ">" * n,
    "brackets in brackets": lambda n: ("(" * 1000 + "省财政厅" + ")" * 1000) * (n // 1000),
    "dates in one item": lambda n: "1." + "2021年6月底前完成," * n + "(责任单位:省财政厅)",
    "terms in one item": lambda n: "1." + "1个月内," * n + "(责任单位:省财政厅)",
    "years in one item": lambda n: "1." + "全年新增" * n + "(责任单位:省财政厅)",
    "terms without a day": lambda n: "1." + "期限:" * n + "(责任单位:省财政厅)",
    "a list of names over lines": lambda n: "责任单位:" + "省财政厅、\n" * n,
    "a list of names with blanks": lambda n: "责任单位:" + "省财政厅 " * n,
    "a list of names with 和": lambda n: "责任单位:" + "省财政厅和" * n,
    "a list of verbs": lambda n: "责任单位:" + "积极" * n,
    "a list of time words": lambda n: "责任单位:" + "完成" * n,
    "a roster of brackets": lambda n: "单位名单\n" + "(" * n,
    "signatures in one line": lambda n: "某省人民政府2021年1月1日" * n,
    "declared counts": lambda n: "一、甲(1项)\n1.做事。(责任单位:省财政厅)\n" * n,
    "clauses outside items": lambda n: "事!(省财政厅)" * n,
    "blanks behind a clause": lambda n: TASK[:-1] + " " * n + "完",
    "blanks in a heading": lambda n: "一、甲" + " " * n + "乙\n" + TASK,
    "odd blanks in a heading": lambda n: "一、甲" + "\u2028" * n + "乙\n" + TASK,
    "blanks in metadata": lambda n: "文号" + " " * n + "\n",
    "a title of brackets": lambda n: "关于印发\n" + "通知(" * n,
    "lines of one cell": lambda n: "序号\n任务\n责任单位\n1\n甲\n" + "乙\n" * n,
    "a cell of names": lambda n: TABLE + "1 | 建成。 | " + "省水利厅、" * n + "\n",
    "a cell of dates": lambda n: TABLE + "1 | " + "6月底前," * n + " | 省水利厅\n",
    "section rows": lambda n: TABLE + "一、甲(1项) | |\n1 | 建成。 | 省水利厅 |\n" * n,
    "items behind ⑩": lambda n: TASK + "落实措施:①x。②x。③x。④x。⑤x。⑥x。⑦x。⑧x。⑨x。⑩" + "x。(省财政厅)" * n,
    "clauses in one item": lambda n: "1." + "做。(省财政厅)" * n,
    "a clause for all": lambda n: "一、甲（责任单位：省财政厅）\n" + "1.做\n2.做\n3.做\n4.做\n" * (n // 4),
    "names below names": lambda n: "责任单位：省财政厅\n" + "省税务局\n" * n,
    "all depths": lambda n: "第一章\n第一节\n一、\n（一）\n1.\n(1)\n①\n" * n,
    "an unclosed bracket in each item": lambda n: "1.做事（责任单位：省财政厅、" * n,
}  # fmt: skip


def seconds(text: str, times: int) -> list[float]:
    """Processor times of parsing ``text``, with nothing remembered from before."""
    taken = []
    for _ in range(times):
        forget_readings()
        start = time.process_time()
        parse_text(text)
        taken.append(time.process_time() - start)
    return taken


def ratio(make: Callable[[int], str], size: int) -> float:
    """How many times as long 16 times the text takes; the least of five tries, as others use the machine.

    The short text is parsed before and after the long one, so that a slow moment hits both.
    """
    tries = []
    for _ in range(5):
        before = seconds(make(size), 3)
        (long,) = seconds(make(FACTOR * size), 1)
        tries.append(long / median(before + seconds(make(size), 3)))
        if tries[-1] <= LIMIT:
            break
    return min(tries)


@pytest.mark.parametrize("year", LIAONING)
def test_sixteen_notices_take_sixteen_times_as_long(year: int) -> None:
    text = liaoning(year)
    assert ratio(lambda n: text * n, 1) <= LIMIT


def test_sixteen_notices_on_one_line_take_sixteen_times_as_long() -> None:
    text = liaoning(2021).replace("\n", "")
    assert ratio(lambda n: text * n, 1) <= LIMIT


#: A notice with a number of its own, closed by the printing office.
ONE_OF_MANY = (
    "某某市人民政府办公室关于印发{0}号工作方案的通知\n某政办发〔2024〕{0}号\n各县区人民政府：\n请认真执行。\n"
    "1.修桥。（责任单位：市交通局）\n某某市人民政府办公室\n2024年4月27日\n某某市人民政府办公室2024年4月28日印发\n"
)


def test_sixteen_times_as_many_notices_in_one_file() -> None:
    def make(count: int) -> str:
        return "".join(ONE_OF_MANY.format(number) for number in range(1, count + 1))

    assert len(parse_text(make(50)).documents) == 50
    assert ratio(make, 50) <= LIMIT


def test_a_notice_of_another_issuer() -> None:
    path = SHARED / "notices" / "07_tianjin-2021_shuzihua-3nian.txt"
    skip_without(path, "the shared collection of real notices")
    text = path.read_text(encoding="utf-8")
    assert ratio(lambda n: text * n, 1) <= LIMIT


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_a_repeated_piece(piece: str) -> None:
    assert ratio(lambda n: piece * n, 1000) <= LIMIT


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_made_to_hurt(name: str) -> None:
    assert ratio(HOSTILE[name], 1000) <= LIMIT


def test_the_measure_finds_a_parser_that_looks_again_from_every_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        sys.modules[__name__], "parse_text", lambda text: [text.count("文", i) for i in range(len(text))]
    )
    assert ratio(lambda n: "长文" * n, 1000) > LIMIT


#: Prints the most memory that the process itself took. On Linux ru_maxrss may be that of the process it was
#: forked from; VmHWM begins anew.
PEAK = """
from pathlib import Path
status = Path("/proc/self/status")
if status.exists():
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
MEMORY = """
import sys
from pathlib import Path
from duban.extract import parse_bytes
raw = Path(sys.argv[1]).read_bytes()
if sys.argv[2] == "one line":
    raw = raw.replace(b"\\n", b"")
notice = parse_bytes(raw * (10_000_000 // len(raw) + 1))
print(len(notice.tasks))
"""


def peak(code: str, *arguments: str) -> tuple[int, int]:
    """The first number that a process prints, and the bytes of memory that it took."""
    run = subprocess.run(
        [sys.executable, "-c", code + PEAK, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told, size = (int(word) for word in run.stdout.split())
    return told, size * (1 if sys.platform == "darwin" else 1024)  # bytes there, KiB elsewhere


@pytest.mark.slow
@pytest.mark.parametrize(("year", "form"), [(2018, "lines"), (2021, "one line")])
def test_ten_million_bytes_stay_under_a_gigabyte(year: int, form: str) -> None:
    tasks, size = peak(MEMORY, str(LIAONING[year]), form)
    assert tasks > 5000
    assert size < 1_000_000_000


HOSTILE_MEMORY = """
import sys
from duban.extract import parse_text
piece = sys.argv[1]
text = piece * (int(sys.argv[2]) // len(piece.encode()))
notice = parse_text(text)
assert notice.source.text == text
print(len(text))
"""
#: Texts of nothing else than what makes the most objects of few bytes.
DENSE = [
    "1.\n", "(", "（", "()", "①", "一、", "、", "|", "\n", " a", "9", "12月", "年度目标:", "(责任单位:",
    "省财政厅、", "a\n", "||\n", "1 | a | 省厅 |\n", "1.a。(省财政厅)\n", "牵头单位:省厅\n",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1.\n", "()", "a\n"], ids=repr)
def test_two_million_bytes_of_the_densest_text_stay_under_a_third_of_a_gigabyte(piece: str) -> None:
    _, size = peak(HOSTILE_MEMORY, piece, "2000000")
    assert size < 333_000_000


@pytest.mark.release
@pytest.mark.parametrize("piece", DENSE, ids=repr)
def test_ten_million_bytes_of_the_densest_text_stay_under_a_gigabyte(piece: str) -> None:
    _, size = peak(HOSTILE_MEMORY, piece, "10000000")
    assert size < 1_000_000_000
