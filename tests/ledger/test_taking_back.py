"""Taking ledgers back: what they change, what was entered meanwhile, several files, the office's columns."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from commands import Ran
from duban.model.progress.records import Proof, Review, Status, Verification
from duban.model.registry import open_registry
from ledgers import (
    FIRST,
    LAYOUT,
    Book,
    cell,
    duban,
    edited,
    enter,
    export,
    fill,
    filled,
    stored,
    table,
    take,
)
from notice_builder import build, raw_of

BLANK, FULL = 4, 7


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A registry and its ledger for units."""
    filled(tmp_path / "r.db")
    export(tmp_path / "r.db", tmp_path / "unit.xlsx")
    return tmp_path


def told_of(place: Path, *changes: tuple[str, int, Any], options: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is told when these cells are filled in; it has to be taken."""
    status, told = take(place / "r.db", edited(place / "unit.xlsx", fill(*changes)), *options)
    assert status == 0, told
    return told


def newest(place: Path, kind: str) -> dict[str, Any]:
    """The record of the newest entry of a kind."""
    found = [entry for entry in stored(place / "r.db") if entry.kind == kind]
    fields: dict[str, Any] = json.loads(found[-1].after)
    return fields


def test_an_untouched_ledger_changes_nothing(place: Path) -> None:
    status, told = take(place / "r.db", place / "unit.xlsx")
    assert (status, told) == (0, {"entered": [], "changes": [], "conflicts": [], "faults": [], "remarks": []})


def test_cells_become_records_once(place: Path) -> None:
    file = edited(place / "unit.xlsx", fill(
        ("责任处室", BLANK, "税政处"), ("责任人", BLANK, "赵六"), ("计划值", BLANK, 100), ("进展", BLANK, "减税30亿元"),
        ("完成比例(%)", BLANK, 30), ("问题", BLANK, "无"), ("佐证种类", BLANK, "文件文号"),
        ("佐证编号", BLANK, "辽财〔2021〕7号\n辽财〔2021〕8号"), ("问题", FULL, "清空"), ("下步", FULL, "验收"),
    ))  # fmt: skip
    shown = duban(place / "r.db", "ledger", "import", file, "--by", "李四", "--on", "2021-07-02", "--dry-run")
    assert (shown.status, len(stored(place / "r.db"))) == (0, 4)
    assert "R4（进展） 任务1 目标1 2021-06-30 省财政厅：（空白） → “减税30亿元”" in shown.out
    assert "T7（问题） 任务2 2021-06-30 省农业厅：“缺种子” → （空白）" in shown.out
    status, told = take(place / "r.db", file)
    assert (status, told["entered"], len(told["changes"])) == (0, [5, 6, 7, 8, 9], 10)
    made = stored(place / "r.db")[4:]
    assert {(e.who, e.made_on, e.piece if e.task == "1" else "") for e in made} == {
        ("李四", "2021-07-02", "target:1"), ("李四", "2021-07-02", ""),
    }  # fmt: skip
    records = [(e.kind, json.loads(e.after)) for e in made]
    unit = {"unit": "省财政厅"}
    assert records == [
        ("status", {"value": "减税30亿元", "percent": "30", "problem": "无", "due": "2021-06-30", **unit}),
        ("proof", {"sort": "文件文号", "number": "辽财〔2021〕7号", "due": "2021-06-30", **unit}),
        ("proof", {"sort": "文件文号", "number": "辽财〔2021〕8号", "due": "2021-06-30", **unit}),
        ("status", {"value": "播种60万亩", "note": "雨多", "percent": "60", "due": "2021-06-30", "unit": "省农业厅",
                    "next_step": "验收"}),
        ("plan", {"office": "税政处", "person": "赵六", "planned": "100", **unit}),
    ]  # fmt: skip
    again, told = take(place / "r.db", file)
    assert (again, told["entered"], told["changes"], told["conflicts"]) == (0, [], [], [])
    assert duban(place / "r.db", "audit", "verify").status == 0


#: What is typed, and what it is taken for.
READ = (
    ("完成比例(%)", "６０．５％", "percent", "60.5"), ("完成比例(%)", "80%", "percent", "80"),
    ("完成比例(%)", 72.5, "percent", "72.5"), ("完成比例(%)", 100.0, "percent", "100"),
    ("办结日", "２０２１－０６－２９", "completed_on", "2021-06-29"), ("办结日", "2021年6月9日", "completed_on", "2021-06-09"),
    ("办结日", "2021.6.9", "completed_on", "2021-06-09"), ("办结日", 20210609, "completed_on", "2021-06-09"),
    ("办结日", datetime.date(2021, 6, 9), "completed_on", "2021-06-09"),
    ("办结日", datetime.datetime(2021, 6, 9, 15, 30), "completed_on", "2021-06-09"),
    ("进展", "+3个百分点", "value", "+3个百分点"), ("进展", "-5%", "value", "-5%"), ("进展", "@各市", "value", "@各市"),
    ("进展", 12.5, "value", "12.5"), ("进展", "１２万亩", "value", "１２万亩"), ("进展", "一\n二", "value", "一\n二"),
    ("进展", "x005F_", "value", "x005F_"), ("进展", "  两头空白  ", "value", "两头空白"),
)  # fmt: skip


@pytest.mark.parametrize(("head", "value", "field", "taken"), READ, ids=lambda value: str(value)[:16])
def test_what_is_typed(place: Path, head: str, value: Any, field: str, taken: str) -> None:
    more = [("完成比例(%)", FULL, 100)] if head == "办结日" else []
    told_of(place, *more, (head, FULL, value))
    assert newest(place, "status")[field] == taken


def test_a_share_and_a_day_in_other_formats(place: Path) -> None:
    def edit(sheet: Any, _: Book) -> None:
        cell(sheet, "完成比例(%)", FULL).value = 1
        cell(sheet, "完成比例(%)", FULL).number_format = "0%"
        cell(sheet, "办结日", FULL).value = 44356
        cell(sheet, "办结日", FULL).number_format = 'yyyy"年"m"月"d"日"'
        cell(sheet, "进展", FULL).value = 0.75
        cell(sheet, "进展", FULL).number_format = "0.0%"

    assert take(place / "r.db", edited(place / "unit.xlsx", edit))[0] == 0
    made = newest(place, "status")
    assert (made["percent"], made["completed_on"], made["value"]) == ("100", "2021-06-09", "75%")


def test_rows_and_columns_in_another_order_are_known_again(place: Path) -> None:
    def edit(sheet: Any, _: Book) -> None:
        rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=3)]
        kinds = [[one.number_format for one in row] for row in sheet.iter_rows(min_row=3)]
        order = [0, *range(len(rows) - 1, 0, -1)]
        places = [*range(31, 15, -1), *range(16)]
        for at, row in enumerate(order, 3):
            for to, place_ in enumerate(places, 1):
                sheet.cell(at, to).value = rows[row][place_]
                sheet.cell(at, to).number_format = kinds[row][place_]
        sheet.row_dimensions[7].hidden = True  # row 6, once one is put above
        cell(sheet, "进展", 11).value = "减税30亿元"  # the last row is the first one now
        cell(sheet, "问题", 6).value = "无"
        cell(sheet, "进展", 6).value = "开工"
        sheet.insert_rows(1)

    status, told = take(place / "r.db", edited(place / "unit.xlsx", edit))
    assert status == 0, told
    assert [entry.task for entry in stored(place / "r.db")[4:]] == ["3", "1"]
    remarks = " ".join(told["remarks"])
    assert "行的次序变了" in remarks
    assert "列的次序变了" in remarks
    assert "第 7 行被隐藏或筛掉" in remarks


def test_a_deleted_row_deletes_nothing_and_is_told(place: Path) -> None:
    before = stored(place / "r.db")
    status, told = take(place / "r.db", edited(place / "unit.xlsx", lambda sheet, _: sheet.delete_rows(FULL)))
    assert (status, told["changes"]) == (0, [])
    assert "缺少导出的 1 行（任务2 2021-06-30 省农业厅）" in told["remarks"][0]
    assert stored(place / "r.db") == before


def test_two_units_ledgers_side_by_side(place: Path) -> None:
    finance = export(place / "r.db", place / "财政.xlsx", "--unit", "省财政厅")
    taxes = export(place / "r.db", place / "税务.xlsx", "--unit", "省税务局")
    heads = ["填报单位", "进展"]
    assert table(finance, heads) == [["省财政厅", None]] * 3
    assert table(taxes, heads) == [["省税务局", None]] * 3, "what it leads or helps with"
    one = edited(finance, fill(("进展", 4, "减税30亿元"), ("进展", 6, "全年过半")), place / "甲.xlsx")
    two = edited(taxes, fill(("进展", 5, "宣传3场"), ("进展", 6, "配合")), place / "乙.xlsx")
    assert take(place / "r.db", one)[1]["entered"] == [5, 6]
    assert take(place / "r.db", two)[1]["entered"] == [7, 8]
    found = [
        (e.piece, json.loads(e.after)["unit"], json.loads(e.after)["value"])
        for e in stored(place / "r.db")[4:]
    ]
    assert found == [
        ("target:1", "省财政厅", "减税30亿元"), ("", "省财政厅", "全年过半"),
        ("measure:1", "省税务局", "宣传3场"), ("", "省税务局", "配合"),
    ]  # fmt: skip


def test_several_files_all_or_nothing(place: Path) -> None:
    one = edited(place / "unit.xlsx", fill(("进展", 4, "减税30亿元")), place / "甲.xlsx")
    two = edited(place / "unit.xlsx", fill(("进展", 5, "宣传3场")), place / "乙.xlsx")
    bad = edited(place / "unit.xlsx", fill(("进展", 6, "=1")), place / "丙.xlsx")
    other = edited(place / "unit.xlsx", fill(("进展", 4, "减税40亿元")), place / "丁.xlsx")
    (place / "戊.xlsx").write_bytes(b"x")
    for refused in (bad, other, place / "戊.xlsx"):
        status, told = take(place / "r.db", one, two, refused)
        assert (status, told["entered"], len(stored(place / "r.db"))) == (1, [], 4)
        assert told["faults"] or told["conflicts"]
    assert take(place / "r.db", one, two)[1]["entered"] == [5, 6]


def test_a_stale_ledger_shows_both_versions(place: Path) -> None:
    with open_registry(place / "r.db") as registry:
        enter(registry, Status("播种70万亩", percent="70", due="2021-06-30", unit="省农业厅"), who="王五")
    file = edited(place / "unit.xlsx", fill(("进展", FULL, "播种80万亩"), ("进展", BLANK, "减税30亿元")))
    ran = duban(place / "r.db", "ledger", "import", file, "--by", "李四", "--on", "2021-07-02")
    assert ran.status == 1
    assert (
        "R7（进展） 任务2 2021-06-30 省农业厅：导出时 “播种60万亩”；登记库现为 “播种70万亩”（王五 2021-06-01 第 5 条）；"
        "文件 “播种80万亩”"
    ) in ran.out
    assert "S7（完成比例(%)） 任务2 2021-06-30 省农业厅：导出时 “60”；登记库现为 “70”" in ran.out, (
        "what else moved on in the same report"
    )
    assert "没有登记任何内容" in ran.err
    assert len(stored(place / "r.db")) == 5
    other = edited(place / "unit.xlsx", fill(("进展", BLANK, "减税30亿元")), place / "b.xlsx")
    status, told = take(place / "r.db", other)
    assert (status, told["entered"]) == (0, [6]), "another row of the stale file is taken"
    assert "保留登记库的内容" in told["remarks"][-1]
    status, told = take(place / "r.db", file, "--force", file)
    assert (status, told["entered"]) == (0, [7])
    made = newest(place, "status")
    assert (made["value"], made["percent"]) == ("播种80万亩", "70")
    assert (
        duban(
            place / "r.db", "ledger", "import", file, "--by", "x", "--on", "2021-07-02", "--force", other
        ).status
        == 2
    )


def test_what_was_undone_since_does_not_come_back_unasked(place: Path) -> None:
    file = edited(place / "unit.xlsx", fill(
        ("进展", BLANK, "减税30亿元"), ("佐证种类", BLANK, "其他"), ("佐证编号", BLANK, "附件1"), ("责任人", 8, "甲"),
    ))  # fmt: skip
    entered = take(place / "r.db", file)[1]["entered"]
    for number in entered:
        assert (
            duban(place / "r.db", "progress", "undo", str(number), "--by", "x", "--on", "2021-07-03").status
            == 0
        )
    status, told = take(place / "r.db", file)
    assert (status, told["entered"], {c["place"]["address"] for c in told["conflicts"]}) == (
        1,
        [],
        {"R4", "Z4", "O8"},
    )
    assert take(place / "r.db", file, "--force", file)[1]["entered"] == [11, 12, 13]


def test_the_office_reviews_and_verifies(place: Path) -> None:
    file = export(place / "r.db", place / "unit.xlsx", "--role", "office")
    file = edited(file, fill(("审核", FULL, "退回"), ("审核意见", FULL, "差40万亩"), ("核验", FULL, "实测55万亩"),
                             ("核验比例(%)", FULL, 55)))  # fmt: skip
    assert take(place / "r.db", file, "--role", "office")[1]["entered"] == [5, 6]
    assert [json.loads(e.after) for e in stored(place / "r.db")[4:]] == [
        Review(2, accepted=False, reason="差40万亩").payload(),
        Verification("实测55万亩", percent="55", due="2021-06-30", unit="省农业厅").payload(),
    ]
    assert take(place / "r.db", file, "--role", "office")[1]["entered"] == []
    heads = ["审核", "审核意见", "核验", "核验比例(%)", "灯·自报", "灯·核定"]
    shown = table(export(place / "r.db", place / "b.xlsx"), heads)
    assert shown[FULL - FIRST] == ["退回", "差40万亩", "实测55万亩", 55, "红灯", "红灯"]


def test_a_review_never_goes_to_another_report(place: Path) -> None:
    file = export(place / "r.db", place / "unit.xlsx", "--role", "office")
    with open_registry(place / "r.db") as registry:
        enter(registry, Status("播种70万亩", due="2021-06-30", unit="省农业厅"))
    file = edited(file, fill(("审核", FULL, "退回"), ("审核意见", FULL, "差40万亩")))
    for options in ((), ("--force", str(file))):
        status, told = take(place / "r.db", file, "--role", "office", *options)
        assert (status, told["entered"]) == (1, [])
        assert told["conflicts"][0]["by"] == "张三 2021-06-01 第 5 条"


def test_offline_receipts(place: Path) -> None:
    told_of(place, ("佐证种类", FULL, "线下收文号"), ("佐证编号", FULL, "收17"))
    assert (
        newest(place, "proof") == Proof("其他", receipt="收17", due="2021-06-30", unit="省农业厅").payload()
    )
    shown = table(export(place / "r.db", place / "b.xlsx"), ["已报佐证", "佐证编号"])
    assert shown[FULL - FIRST] == ["统计报表 农统3号\n线下收文号 收17", None]


def test_plans_belong_to_the_piece(place: Path) -> None:
    told_of(place, ("责任处室", 9, "养护处"))
    shown = table(export(place / "r.db", place / "b.xlsx"), ["事项", "责任处室"])
    assert [office for matter, office in shown if "修路" in matter] == ["养护处"] * 4
    file = edited(place / "b.xlsx", fill(("责任处室", 8, "建设处"), ("责任处室", 11, "建设处")))
    assert len(take(place / "r.db", file)[1]["entered"]) == 1


def test_a_corrected_notice(place: Path) -> None:
    file = edited(place / "unit.xlsx", fill(("进展", BLANK, "减税30亿元"), ("进展", 8, "一季度完工")))
    corrected = LAYOUT.replace("100亿元", "120亿元").replace("3.修路。", "3.修路,6月底前。")
    with open_registry(place / "r.db") as registry:
        notice = build(corrected, document_number="辽政发〔2021〕6号", title="任务")
        assert registry.ingest(notice, raw_of(notice)).status == "version"
    status, told = take(place / "r.db", file)
    assert (status, told["entered"]) == (1, [])
    assert "R8（进展）：通知的现行版本里没有这一节点了" in told["faults"][0]
    assert "有了新版本" in told["remarks"][-1]
    file = edited(place / "unit.xlsx", fill(("进展", BLANK, "减税30亿元")))
    assert take(place / "r.db", file)[1]["entered"] == [5]


def test_a_notice_that_was_renumbered(place: Path) -> None:
    """What a unit fills in about the old task 2 is not entered about what has the number now."""
    file = edited(place / "unit.xlsx", fill(("备注", 7, "补充"), ("进展", BLANK, "减税30亿元")))
    inserted = LAYOUT.replace("2.春耕生产", "2.抗旱保苗,6月底前。(责任:省水利厅)\n3.春耕生产").replace(
        "3.修路", "4.修路"
    )
    with open_registry(place / "r.db") as registry:
        notice = build(inserted, document_number="辽政发〔2021〕6号", title="任务")
        assert registry.ingest(notice, raw_of(notice)).status == "version"
    status, told = take(place / "r.db", file)
    assert (status, told["entered"], len(told["faults"])) == (1, [], 1)
    assert "W7（备注）：通知有了新版本，这一项现为任务3，不能按旧编号填报" in told["faults"][0]


def test_reports_of_the_whole_and_of_the_office_stand_beside(place: Path) -> None:
    assert duban(place / "r.db", "progress", "add", "--task", "3", "--notice", "1", "--value", "完成一半", "--by", "张三",
                 "--on", "2021-06-20").status == 0  # fmt: skip
    shown = table(export(place / "r.db", place / "b.xlsx"), ["事项", "进展", "另有登记"])
    assert [row[1:] for row in shown if "修路" in row[0]] == [[None, "2021-06-20 张三：完成一半（整项）"]] * 4


def test_a_state_of_a_past_day_is_compared_with_itself(place: Path) -> None:
    old = place / "old.xlsx"
    ran = duban(place / "r.db", "ledger", "export", "-o", old, "--as-of", "2021-05-31")
    assert ran.status == 0
    assert table(old, ["进展"])[FULL - FIRST] == [None]
    status, told = take(place / "r.db", old)
    assert (status, told["changes"]) == (0, [])
    status, told = take(place / "r.db", edited(old, fill(("进展", FULL, "播种10万亩"))))
    assert (status, told["conflicts"][0]["now"]) == (1, "播种60万亩")


def test_no_day_no_lights_and_no_rows_no_file(place: Path) -> None:
    ran = duban(place / "r.db", "ledger", "export", "-o", place / "c.xlsx")
    assert (ran.status, "没有判定亮灯" in ran.err) == (0, True)
    assert {row[0] for row in table(place / "c.xlsx", ["灯·自报"])} == {"未判定"}
    assert take(place / "r.db", place / "c.xlsx")[0] == 0
    ran = duban(place / "r.db", "ledger", "export", "-o", place / "d.xlsx", "--unit", "省水利厅")
    assert (ran.status, (place / "d.xlsx").exists()) == (1, False)
    for wrong in (["-o", "a.docx"], ["-o", "a.xlsx", "--as-of", "6月"]):
        assert duban(place / "r.db", "ledger", "export", *wrong).status in (1, 2)


def test_sections(place: Path) -> None:
    shown = table(export(place / "r.db", place / "b.xlsx", "--section", "二", "--notice", "1"), ["来源"])
    assert shown == [["农业"]] * 5


def test_a_notice_that_speaks_of_marks_is_no_marked_file(tmp_path: Path) -> None:
    from notice_builder import build, raw_of

    notice = build("1.清理标注(机密)的旧件,6月底前。(责任:省档案局)\n", document_number="辽政发〔2021〕7号")
    with open_registry(tmp_path / "r.db") as registry:
        registry.ingest(notice, raw_of(notice))
    file = export(tmp_path / "r.db", tmp_path / "a.xlsx")
    assert take(tmp_path / "r.db", edited(file, fill(("进展", 4, "清理3件"))))[1]["entered"] == [1]
    status, told = take(tmp_path / "r.db", edited(file, fill(("进展", 4, "清理(机密)3件"))))
    assert (status, len(told["faults"])) == (1, 1)


def test_too_many_rows_and_a_unit_that_nobody_knows(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from duban.app import ledger_export

    ran = duban(place / "r.db", "ledger", "export", "-o", place / "b.xlsx", "--unit", "省财政局")
    assert (ran.status, "是否想找：省财政厅" in ran.err) == (1, True)
    monkeypatch.setattr(ledger_export, "_MOST_ROWS", 7)
    ran = duban(place / "r.db", "ledger", "export", "-o", place / "b.xlsx")
    assert (ran.status, "共 8 行" in ran.err, (place / "b.xlsx").exists()) == (2, True, False)


def test_who_enters_between_reading_and_writing_is_seen(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else enters while the import compares: all is compared again, and the conflict is seen."""
    from duban.app import ledger_command

    enter_all = ledger_command._enter
    calls = []

    def late(*arguments: Any) -> Any:
        if not calls:
            with open_registry(place / "r.db") as registry:
                enter(registry, Status("播种70万亩", due="2021-06-30", unit="省农业厅"))
        calls.append(arguments)
        return enter_all(*arguments)

    monkeypatch.setattr(ledger_command, "_enter", late)
    status, told = take(place / "r.db", edited(place / "unit.xlsx", fill(("进展", FULL, "播种80万亩"))))
    assert (status, told["entered"], len(calls)) == (1, [], 1)
    assert told["conflicts"][0]["now"] == "播种70万亩"
    calls.clear()
    status, told = take(place / "r.db", edited(place / "unit.xlsx", fill(("进展", BLANK, "减税30亿元"))))
    assert (status, told["entered"], len(calls)) == (0, [7], 2)


def test_reports_without_a_rate_are_told_since_they_finish_nothing(place: Path) -> None:
    told = told_of(place, ("进展", BLANK, "已完成"))
    assert any("第 4 行填了进展没有填完成比例" in remark for remark in told["remarks"])
    export(place / "r.db", place / "office.xlsx", "--role", "office")
    file = edited(place / "office.xlsx", fill(("审核", BLANK, "通过")))
    _, told = take(place / "r.db", file, "--role", "office")
    assert any("第 4 行通过的进展没有完成比例" in remark for remark in told["remarks"])
    told = told_of(place, ("进展", 6, "已完成"), ("完成比例(%)", 6, 100))
    assert not any("完成比例" in remark for remark in told["remarks"])


def test_rows_of_several_notices_are_told_apart(place: Path) -> None:
    with open_registry(place / "r.db") as registry:
        other = build(LAYOUT.replace("减税", "减费"), document_number="辽政发〔2021〕7号", title="任务二")
        registry.ingest(other, raw_of(other))
    export(place / "r.db", place / "unit.xlsx")
    rows = [
        change["row"] for change in told_of(place, ("进展", BLANK, "减税"), ("备注", FULL, "续报"))["changes"]
    ]
    assert all(row.startswith("通知1 任务") for row in rows)


def test_a_ledger_for_each_unit(place: Path) -> None:
    def exported(*arguments: str | Path) -> Ran:
        return duban(place / "r.db", "ledger", "export", "--as-of", "2021-07-05", *arguments)

    folder = place / "各单位"
    done = exported("--all", "-o", folder)
    assert done.status == 0, done.err
    made = [path.stem for path in folder.iterdir()]
    assert len(made) == 4
    assert {"省财政厅", "省税务局", "省农业厅"} < set(made)
    alone = export(place / "r.db", place / "one.xlsx", "--unit", "省农业厅")
    assert (folder / "省农业厅.xlsx").read_bytes() == alone.read_bytes()
    status, told = take(place / "r.db", folder)
    assert (status, told["changes"]) == (0, [])
    assert exported("--all", "-o", place / "a.xlsx").status == 2
    assert exported("-o", place / "b").status == 2
    assert exported("--all", "--unit", "省农业厅", "-o", place / "c").status == 2


def test_members_of_a_known_group_get_a_ledger_each_and_open_groups_are_told(tmp_path: Path) -> None:
    layout = "1.减税。(责任:沿海6市)\n2.修路。(责任:有关部门)\n"
    with open_registry(tmp_path / "r.db") as registry:
        notice = build(layout, document_number="辽政发〔2021〕8号", title="辽宁省任务", year=2021)
        registry.ingest(notice, raw_of(notice))
    done = duban(tmp_path / "r.db", "ledger", "export", "--all", "-o", tmp_path / "out")
    assert done.status == 0, done.err
    assert len(list((tmp_path / "out").iterdir())) == 6
    assert (tmp_path / "out" / "大连市人民政府.xlsx").is_file()
    assert "“有关部门”没有写明是哪些单位" in done.err
