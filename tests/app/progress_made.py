"""A registry with a notice of ten tasks and entries for every light and class: reports on progress."""

from __future__ import annotations

from pathlib import Path

from duban.app.main import main
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append, undo
from duban.model.progress.records import (
    ClockStop,
    Inspection,
    Proof,
    Record,
    Review,
    Status,
    TargetChange,
    Verification,
)
from duban.model.registry import open_registry

NOTICE = Path(__file__).parent / "golden" / "通知.txt"
#: Words of entries that were taken back or are not for units' eyes: no document may have them.
HIDDEN = ("误填进展", "撤回的问题", "误填文号", "暗访发现的情况")
WATER, TRAFFIC, MONEY = "市生态环境局", "市交通运输局", "市财政局"

#: Task, piece, record, day; the place in this list from 1 is the entry's number.
ENTERED: list[tuple[str, str, Record, str]] = [
    # 1: bid in time, money late, works ahead of the time
    (
        "1",
        "measure:1",
        Status("完成招标", percent="100", unit=TRAFFIC, completed_on="2024-03-20"),
        "2024-03-21",
    ),
    ("1", "measure:1", Proof("文件文号", number="澜交发〔2024〕12号"), "2024-03-21"),
    ("1", "measure:1", Review(1, accepted=True), "2024-03-25"),
    (
        "1",
        "measure:2",
        Status(
            "到位1.2亿元",
            percent="50",
            unit=MONEY,
            problem="二季度预算尚未下达",
            next_step="7月上旬拨付剩余资金",
        ),
        "2024-06-10",
    ),
    ("1", "target:1", Status("完成78公里", percent="65", unit=TRAFFIC), "2024-06-12"),
    # 2: done and accepted before its day
    (
        "2",
        "",
        Status("36个小区全部开工", percent="100", unit="市住房城乡建设局", completed_on="2024-06-05"),
        "2024-06-06",
    ),
    ("2", "", Review(6, accepted=True), "2024-06-07"),
    ("2", "", Proof("统计报表", receipt="2024-018"), "2024-06-06"),
    # 3: ahead of the time
    ("3", "", Status("建成4座", percent="80", unit=WATER), "2024-06-01"),
    ("3", "", Review(9, accepted=True), "2024-06-03"),
    # 4: found on the spot to be less than reported
    (
        "4",
        "",
        Status("新增2600个", percent="87", unit="市教育局", problem="两所幼儿园用地未落实"),
        "2024-06-02",
    ),
    ("4", "", Verification("核实新增1500个", percent="50", unit="市教育局"), "2024-06-15"),
    # 5: on time
    ("5", "", Status("新增0.98万人", percent="49", unit="市人力资源社会保障局"), "2024-06-18"),
    ("5", "", Review(13, accepted=True), "2024-06-19"),
    # 6: overdue, returned
    ("6", "", Status("已出台", percent="100", unit="市民政局"), "2024-05-08"),
    ("6", "", Review(15, accepted=False, reason="只有征求意见稿,没有正式文件"), "2024-05-10"),
    # 7: the clock stands
    ("7", "", ClockStop("2024-04-01", None, "等待国家批复用地"), "2024-04-02"),
    # 9: postponed with approval
    (
        "9",
        "",
        TargetChange("权责清单修订", "2024-05-20", "澜政办函〔2024〕31号", "2024-06-30", "2024-09-30"),
        "2024-05-20",
    ),
    ("9", "", Status("完成初稿", percent="60", unit="市司法局", next_step="征求意见"), "2024-06-01"),
    ("9", "", Review(19, accepted=True), "2024-06-02"),
    # 10: nothing is due soon, nothing was reported but what was taken back
    ("10", "", Status("误填进展", percent="90", problem="撤回的问题"), "2024-06-03"),
    ("10", "", Proof("文件文号", number="误填文号〔2024〕1号"), "2024-06-03"),
    ("10", "", Inspection("暗访", "暗访发现的情况", unit="市营商环境局"), "2024-06-04"),
    # the second half of the year
    (
        "1",
        "measure:2",
        Status("到位2.4亿元", percent="100", unit=MONEY, completed_on="2024-07-15"),
        "2024-07-16",
    ),
    ("1", "measure:2", Review(24, accepted=True), "2024-07-18"),
    (
        "1",
        "target:2",
        Status("落实2.4亿元", percent="100", unit=MONEY, completed_on="2024-07-15"),
        "2024-07-16",
    ),
    ("1", "target:2", Review(26, accepted=True), "2024-07-18"),
    (
        "1",
        "target:1",
        Status("完成126公里", percent="105", unit=TRAFFIC, completed_on="2024-11-20"),
        "2024-11-25",
    ),
    ("1", "target:1", Review(28, accepted=True), "2024-11-28"),
    ("1", "target:1", Proof("批复验收", number="澜交验〔2024〕7号"), "2024-11-25"),
    ("4", "", Status("新增3000个", percent="100", unit="市教育局", completed_on="2024-09-10"), "2024-09-12"),
    ("4", "", Review(31, accepted=True), "2024-09-15"),
    ("5", "", Status("新增2.1万人", percent="105", unit="市人力资源社会保障局"), "2024-12-20"),
    ("5", "", Verification("核实2.05万人", percent="102", unit="市人力资源社会保障局"), "2024-12-28"),
]


def filled(path: Path) -> str:
    """The registry, as it was entered from March 2024 to January 2025."""
    assert main(["ingest", "--registry", str(path), str(NOTICE)]) == 0
    with open_registry(path) as registry:
        for task, piece, record, day in ENTERED:
            append(registry, [Draft(Identity(1, task, piece), record, "督查室", day)])
        for number in (21, 22):
            undo(registry, number, who="督查室", made_on="2024-06-05", reason="填错")
    return str(path)
