"""`duban report 责任清单` and 任务书: what they say of the whole, a part, a unit, every unit, of plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Ran, run
from duban.output.official.proof import Reading, read_document

NOTICE = """某省人民政府办公厅关于印发2026年重点工作任务落实措施的通知
某政办发〔2026〕3号

一、稳增长(2项)
1.扩大有效投资,6月底前开工40个项目。(牵头单位:省发展改革委,责任单位:省财政厅,配合单位:省水利厅)
年度目标:①完成投资100亿元。②开工40个项目。(省水利厅)
落实措施:①3月底前印发计划。(省发展改革委)②每季度调度一次。
2.减税降费。(责任单位:省财政厅、省税务局)
年度目标:应享尽享。
落实措施:①9月底前开展检查。(省税务局)②压缩办理时限。(省财政厅)
二、惠民生(1项)
3.办好学前教育。(责任单位:省教育厅)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "通知.txt").write_text(NOTICE, "utf-8")
    assert run(monkeypatch, "ingest", "-q", "通知.txt").status == 0
    return tmp_path


def report(monkeypatch: pytest.MonkeyPatch, kind: str, *arguments: str) -> Ran:
    return run(monkeypatch, "report", kind, "--notice", "重点工作", *arguments)


def made(monkeypatch: pytest.MonkeyPatch, place: Path, kind: str, *arguments: str) -> Reading:
    done = report(monkeypatch, kind, *arguments, "-o", "a.docx")
    assert (done.status, done.out) == (0, "a.docx\n"), done.err
    return read_document((place / "a.docx").read_bytes())


def test_the_whole_list_has_every_task_with_its_units_by_role(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = made(monkeypatch, place, "责任清单")
    assert "".join(found.paragraphs[0].split()) == "关于印发2026年重点工作责任清单的通知"
    assert "共3项" in found.paragraphs[1]
    assert found.tables == (
        (
            ("序号", "工作任务", "年度目标", "落实措施", "牵头单位", "责任单位", "配合单位", "完成时限"),
            ("一、稳增长",),
            (
                *("1", "扩大有效投资，6月底前开工40个项目。"),
                "①完成投资100亿元。\n②开工40个项目。（省水利厅）",
                "①3月底前印发计划。（省发展改革委）\n②每季度调度一次。",
                *("省发展改革委", "省财政厅", "省水利厅", "6月底前"),
            ),
            (
                *("2", "减税降费。", "应享尽享。"),
                "①9月底前开展检查。（省税务局）\n②压缩办理时限。（省财政厅）",
                *("—", "省财政厅、省税务局", "—", "见各项"),
            ),
            ("二、惠民生",),
            ("3", "办好学前教育。", "—", "—", "—", "省教育厅", "—", "—"),
        ),
    )


def test_a_part_has_only_the_columns_that_it_needs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(monkeypatch, place, "责任清单", "--section", "二")
    assert "（第二部分）" in "".join(found.paragraphs[0].split())
    assert found.tables[0] == (
        ("序号", "工作任务", "责任单位"),
        ("二、惠民生",),
        ("3", "办好学前教育。", "省教育厅"),
    )


def test_a_unit_s_list_goes_to_the_unit_and_counts_its_roles(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = made(monkeypatch, place, "责任清单", "--unit", "省水利厅")
    assert found.paragraphs[1] == "省水利厅："
    # It answers for a target of the task that it else helps with: its strongest role counts.
    assert "共1项，其中责任1项。" in found.paragraphs[2]
    (head, section, row) = found.tables[0]
    assert (head[2], section, row[2]) == ("职责", ("一、稳增长",), "责任")
    # What nobody else is named for is its own, too; what others do is told to be left out.
    assert row[3] == "①完成投资100亿元。\n②开工40个项目。（省水利厅）"
    assert row[4] == "②每季度调度一次。\n（另有1项由其他单位承担，从略）"
    assert row[6] == "牵头：省发展改革委\n责任：省财政厅"


@pytest.mark.usefixtures("place")
def test_every_unit_has_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    done = report(monkeypatch, "责任清单", "--all", "-o", "清单")
    assert done.status == 0, done.err
    units = ("省发展改革委", "省财政厅", "省水利厅", "省税务局", "省教育厅")
    assert sorted(done.out.split()) == sorted(f"清单/{unit}2026年责任清单.docx" for unit in units)
    part = report(monkeypatch, "责任清单", "--all", "--section", "二", "-o", "部分")
    assert part.out == "部分/省教育厅2026年责任清单.docx\n"


def test_nothing_is_written_where_there_is_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, arguments in (
        ("责任清单", ("--unit", "火星局")),
        ("任务书", ("--unit", "火星局")),
        ("责任清单", ("--section", "九")),
        ("任务书", ("--unit", "省财政厅", "--section", "二")),
    ):
        done = report(monkeypatch, kind, *arguments, "-o", "无.docx")
        assert (done.status, done.out) == (1, "")
        assert "没有可写的内容" in done.err
    assert not (place / "无.docx").exists()


GOLDEN = """\
关于下达省财政厅2026年重点工作任务书的通知
省财政厅：
根据《某省人民政府办公厅关于印发2026年重点工作任务落实措施的通知》（某政办发〔2026〕3号），现将你单位2026年承担的重点工作任务书下达给你们，共2项，其中责任2项。
请对照任务书逐项填明完成标准、责任处室和责任人，经主要负责人签字、加盖公章后报送，并按时限抓好落实。
附件：省财政厅2026年重点工作任务书
附件
省财政厅2026年重点工作任务书
一、稳增长
任务1（通知第1项）
工作任务｜扩大有效投资，6月底前开工40个项目。
本单位职责｜责任｜完成时限｜6月底前
年度目标｜①完成投资100亿元。 （另有1项由其他单位承担，从略）
落实措施｜②每季度调度一次。 （另有1项由其他单位承担，从略）
牵头单位｜省发展改革委｜配合单位｜省水利厅
责任单位｜省财政厅
完成标准｜40个项目全部开工
责任处室｜预算处｜责任人｜张三
任务2（通知第2项）
工作任务｜减税降费。
本单位职责｜责任｜完成时限｜—
年度目标｜应享尽享。
落实措施｜②压缩办理时限。（省财政厅） （另有1项由其他单位承担，从略）
责任单位｜省财政厅、省税务局
完成标准｜②时限压缩一半
责任处室｜税政处｜责任人｜
签字盖章
责任单位 （盖章）｜ ｜下达单位 （盖章）｜
主要负责人 （签字）｜ ｜负责人 （签字）｜
日期｜年 月 日｜日期｜年 月 日
"""


def plan(monkeypatch: pytest.MonkeyPatch, task: str, *arguments: str) -> None:
    done = run(
        monkeypatch, "progress", "plan", "--notice", "重点工作", "--task", task, "--by", "李四",
        "--on", "2026-02-01", *arguments,
    )  # fmt: skip
    assert done.status == 0, done.err


@pytest.mark.usefixtures("place")
def test_a_task_book_has_a_form_for_each_task_and_what_was_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    plan(monkeypatch, "1", "--standard", "按期开工")
    plan(
        monkeypatch, "1", "--unit", "省财政厅", "--office", "预算处", "--person", "张三",
        "--standard", "40个项目全部开工",
    )  # fmt: skip
    plan(monkeypatch, "1", "--unit", "省水利厅", "--office", "规划处")
    plan(monkeypatch, "2", "--unit", "省财政厅", "--office", "税政处")
    # The office's words on a piece are for those who answer for it.
    plan(monkeypatch, "2", "--piece", "measure:1", "--standard", "检查到位")
    plan(monkeypatch, "2", "--piece", "measure:2", "--standard", "时限压缩一半")
    shown = report(monkeypatch, "任务书", "--unit", "省财政厅", "--preview")
    assert shown.status == 0, shown.err
    assert shown.out == GOLDEN
    # On an earlier day nothing had been planned.
    before = report(monkeypatch, "任务书", "--unit", "省财政厅", "--preview", "--as-of", "2026-01-31").out
    assert "完成标准｜\n责任处室｜｜责任人｜\n" in before
    # Another unit has its own plan, else the office's.
    helper = report(monkeypatch, "任务书", "--unit", "省水利厅", "--preview").out
    assert "完成标准｜\n责任处室｜规划处｜责任人｜\n" in helper
    leader = report(monkeypatch, "任务书", "--unit", "省发展改革委", "--preview").out
    assert "完成标准｜按期开工\n责任处室｜｜责任人｜\n" in leader


@pytest.mark.usefixtures("place")
def test_a_task_book_is_for_units(monkeypatch: pytest.MonkeyPatch) -> None:
    done = report(monkeypatch, "任务书", "-o", "a.docx")
    assert done.status == 2
    assert "--unit" in done.err
    made = report(monkeypatch, "任务书", "--all", "-o", "任务书")
    assert len(made.out.split()) == 5
    assert "任务书/省财政厅2026年任务书.docx" in made.out


def test_an_office_changes_the_words_of_the_task_book(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "模板" / "official").mkdir(parents=True)
    own = "{% block label_person %}联系人{% endblock %}{% block task_head %}第{{ seq }}号{% endblock %}"
    (place / "模板" / "official" / "task_book.j2").write_text(own, "utf-8")
    shown = report(monkeypatch, "任务书", "--unit", "省教育厅", "--templates", "模板", "--preview")
    assert "责任处室｜｜联系人｜" in shown.out
    assert "第1号\n" in shown.out
