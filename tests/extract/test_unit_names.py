"""Units of the two Liaoning notices: what every name means, partners in prose, heirs left open."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from duban.extract import parse_bytes, parse_text
from duban.model import Evidence, Notice, PartyKind, Role
from duban.model.units import UnitDirectory, load_directory
from duban.model.units.suggesting import resolutions

CORPUS = Path(__file__).parents[2] / "corpus"
GOLDEN = Path(__file__).parent / "liaoning_unit_names.tsv"
FILES = {2018: "liaoning-2018-assessment.txt", 2021: "liaoning-2021-measures.txt"}


@cache
def directory() -> UnitDirectory:
    return load_directory(CORPUS / "units" / "liaoning.toml")


@cache
def notice(year: int) -> Notice:
    path = CORPUS / "liaoning" / FILES[year]
    return parse_bytes(path.read_bytes(), path.name, directory=directory())


def table(year: int) -> list[str]:
    """``year, status, name, id`` of every different name of a notice's clauses and roster."""
    parsed = notice(year)
    rows = {(r.status, r.text, r.id or "") for r in resolutions(parsed.parties(), directory())}
    rows |= {("roster", entry.text, entry.unit or "") for entry in parsed.roster}
    return ["\t".join((str(year), *row)) for row in sorted(rows)]


def test_every_name_means_what_was_read() -> None:
    """The golden file was read line by line: none is wrong. A change in it is to be read again, not to be
    copied over."""
    golden = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [*table(2018), *table(2021)] == golden


@pytest.mark.parametrize(("year", "names"), [(2018, 94), (2021, 48)])
def test_no_name_is_left_out(year: int, names: int) -> None:
    found = resolutions(notice(year).parties(), directory())
    assert len({r.text for r in found}) == names
    assert [r.text for r in found if r.status == "unknown"] == []


def test_what_no_directory_knows_is_listed() -> None:
    found = resolutions(
        parse_text("一、事项\n1.办理。(牵头单位:省财政厅,配合单位:某某协会、有关部门)").parties(), directory()
    )
    assert [(r.text, r.status) for r in found] == [
        ("某某协会", "unknown"),
        ("省财政厅", "unknown"),  # nothing tells the province
        ("有关部门", "open"),
    ]


def test_heirs_of_several_units_are_told() -> None:
    """Task 13 has four numbered measures without a unit, and with task 37 two targets without a number."""
    parsed = notice(2021)
    text = parsed.source.text
    spans = [d.span.of(text) for d in parsed.diagnostics if d.code == "N030" and d.span]
    open_items = [
        (task.number, item.marker)
        for task in parsed.tasks
        for item in (*task.targets, *task.measures)
        if not item.assignments and len({party.text for party in task.parties}) > 1
    ]
    assert open_items == [(13, ""), (13, "①"), (13, "②"), (13, "③"), (13, "④"), (37, "")]
    assert len([marker for _, marker in open_items if marker]) == 4
    assert len(spans) == len(open_items)
    heirs = [i for task in parsed.tasks for i in (*task.targets, *task.measures) if not i.assignments]
    assert all(party.evidence is Evidence.INHERITED for item in heirs for party in item.parties)
    owners = [i for task in parsed.tasks for i in (*task.targets, *task.measures) if i.assignments]
    assert all(party.evidence is Evidence.QUOTED for item in owners for party in item.parties)


def test_partners_in_prose_are_suggested() -> None:
    parsed = notice(2021)
    by_task: dict[int | None, list[str]] = {}
    for found in parsed.suggested:
        assert found.span.of(parsed.source.text) == found.text
        task = next(task for task in parsed.tasks if task.path == found.path)
        assert task.span.contains(found.span)
        by_task.setdefault(task.number, []).append(found.text)
    assert by_task == {
        20: ["省教育厅", "省人力资源社会保障厅", "省科协", "中科院沈阳分院"],
        32: ["省工程建设项目审批制度改革领导小组成员单位"],
        49: [
            "省邮政管理局",
            "省工业和信息化厅",
            "省司法厅",
            "省生态环境厅",
            "省住房城乡建设厅",
            "省商务厅",
            "省市场监管局",
        ],
        53: ["省财政厅", "省人力资源社会保障厅"] * 2,
        60: ["省市场监管局"] * 2,
        65: ["省卫生健康委"],
        66: ["省公共资源交易中心"],
        71: ["省卫生健康委"],
        72: ["中国医科大学附属盛京医院"],
        83: ["省司法厅"],
    }
    told = [d.span for d in parsed.diagnostics if d.code == "N033"]
    assert told == [found.span for found in parsed.suggested]


@pytest.mark.parametrize(
    ("prose", "partners"),
    [
        ("会同省财政厅印发办法", ["省财政厅"]),
        ("会同省财政厅、省水利厅和省林草局印发办法", ["省财政厅", "省水利厅", "省林草局"]),
        ("会同大连海关开展检查", ["大连海关"]),
        ("联合国家发展改革委开展检查", ["国家发展改革委"]),
        ("会同省委网信办开展检查", ["省委网信办"]),
        ("联合大连开展检查", []),
        ("联合开展检查", []),
        ("会同有关部门开展检查", []),
        ("会同省教育厅印发办法", []),  # it answers for the task already
    ],
)
def test_partners_are_no_parties(prose: str, partners: list[str]) -> None:
    clause = "(责任单位:省教育厅)"
    text = f"辽宁省人民政府文件\n辽政发〔2021〕9号\n一、教育\n1.{prose}。{clause}\n2.招生。{clause}\n"
    parsed = parse_bytes(text.encode(), directory=directory())
    assert [found.text for found in parsed.suggested] == partners
    assert {party.text for party in parsed.parties()} == {"省教育厅"}
    known = {found.text: found.unit for found in parsed.suggested}
    assert all(unit for name, unit in known.items() if not name.startswith("国家"))
    assert known.get("国家发展改革委") is None


def test_who_coordinates_leads_and_the_others_answer() -> None:
    parsed = parse_text("1.放贷。(责任单位:省金融监管局协调人民银行沈阳分行、辽宁银保监局落实)")
    assert [(party.text, party.role) for party in parsed.tasks[0].parties] == [
        ("省金融监管局", Role.LEAD),
        ("人民银行沈阳分行", Role.RESPONSIBLE),
        ("辽宁银保监局", Role.RESPONSIBLE),
    ]


def test_a_prefix_written_once_in_a_clause() -> None:
    text = "辽政发〔2021〕9号\n1.办好。(责任单位:省发改委、工信厅、各市人民政府、教育厅)\n"
    parties = parse_bytes(text.encode(), directory=directory()).parties()
    assert [(party.text, party.unit) for party in parties if party.kind is PartyKind.UNIT] == [
        ("省发改委", "liaoning/development-reform"),
        ("工信厅", "liaoning/industry"),
        ("教育厅", None),  # behind a group nobody knows whose it is
    ]


def test_each_notice_of_a_file_has_names_of_its_own() -> None:
    tasks = "一、农业\n1.春耕。(责任单位:省财政厅)\n2.收储。(责任单位:省财政厅)\n"
    first = f"辽宁省人民政府办公厅关于春耕的通知\n辽政办发〔2021〕1号\n{tasks}"
    second = f"安徽省人民政府办公厅关于秋收的通知\n皖政办〔2021〕2号\n{tasks}"
    imprint = "辽宁省人民政府办公厅 2021年4月28日印发\n"
    parsed = parse_bytes((first + imprint + second).encode(), directory=directory())
    units = [party.unit for party in parsed.parties()]
    assert len(units) == 4
    assert units == ["liaoning/finance"] * 2 + [None] * 2
