"""One chart of every kind from plain records, and a small picture that needs no font."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from decimal import Decimal

from duban.output.charts import (
    Composed,
    HeatRow,
    Node,
    Ranked,
    TimedRow,
    UnitLights,
    composition,
    heat_map,
    progress_by_unit,
    ranking,
    timetable,
)
from duban.output.official.document import Picture

UNITS = ("省财政厅", "省发展改革委", "省政府各厅委、各直属机构", "沈抚改革创新示范区管委会（筹）")
MONTHS = tuple((2021, month) for month in range(1, 13))
CHARTS: dict[str, Callable[[], tuple[Picture, ...]]] = {
    "progress": lambda: progress_by_unit(
        [
            UnitLights(name, {"红灯": at, "黄灯": 2, "蓝灯": 5, "已完成": 9, "未到期": at % 2, "暂停": 1})
            for at, name in enumerate(UNITS)
        ],
        title="各单位任务进展",
    ),
    "ranking": lambda: ranking(
        [
            Ranked(at, name, Decimal(9850 - at) / 100, "优秀" if at < 3 else "良好")
            for at, name in enumerate(UNITS, 1)
        ],
        title="综合得分排名",
    ),
    "composition": lambda: composition(
        [
            Composed(name, {"目标任务": Decimal("58.20"), "加分": Decimal(at), "扣分": Decimal("-1.50")})
            for at, name in enumerate(UNITS)
        ],
        title="得分构成",
    ),
    "heat": lambda: heat_map(
        [
            HeatRow(name, tuple(None if m > 8 else Decimal(m * 10 + at) for m in range(12)))
            for at, name in enumerate(UNITS)
        ],
        [f"{month}月" for _, month in MONTHS],
        title="逐月完成率",
    ),
    "timetable": lambda: timetable(
        [
            TimedRow(
                f"{at}. 推进重点工作“{name}”",
                (Node("2021-06-30", done=True), Node("2021-12-31", supplied=at > 2)),
            )
            for at, name in enumerate(UNITS, 1)
        ],
        MONTHS,
        title="时间表",
    ),
}  # fmt: skip


def dot(shade: int = 0) -> bytes:
    """A PNG of one grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes((0, shade))))
        + chunk(b"IEND", b"")
    )
