"""More than 60 lists and task books of the two notices: none has a fault, the schema audit finds nothing."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections import Counter
from pathlib import Path

import pytest
from duban.app.main import main
from duban.app.reports.task_rows import task_rows
from duban.app.unit_lists import list_of_unit
from duban.model.registry import NoticeRow, reading
from duban.model.registry.notices import matching_notices
from duban.output import Checklist
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.checker.rendering import CannotRenderError, Rendered, render_all
from duban.output.official.compose import compose
from duban.output.official.document import (
    Attachment,
    Form,
    Head,
    Imprint,
    OfficialDocument,
    Seal,
    Signature,
)
from duban.output.official.duties import ListWords, bare_lists, covered_list
from duban.output.official.proof import prove
from duban.output.official.settings import read_settings
from duban.output.official.task_book import BookWords, Plan, task_book
from duban.output.official.tasks import Frame, TaskRow, duty_list, task_list
from duban.output.points import printed

pytestmark = pytest.mark.slow
NOTICES = Path(__file__).resolve().parents[2] / "corpus" / "liaoning"
OFFICE, OTHER = "某省人民政府办公厅", "某省财政厅"
DAY = datetime.date(2021, 7, 1)
TO = ("各市人民政府", "省政府各厅委、各直属机构")
IMPRINT = Imprint(OFFICE, DAY, ("省委各部门", "省人大常委会办公厅", "省政协办公厅"))
#: What an office may put about a list, by name.
FRAMES = {
    "plain": Frame(signature=Signature(OFFICE, DAY)),
    "downward": Frame(
        Head((OFFICE,), "某政办发〔2021〕5号"), TO, Signature(OFFICE, DAY), IMPRINT, "此件公开发布"
    ),
    "secret": Frame(
        Head((OFFICE,), "某政办发〔2021〕6号", "000012", "机密★1年", "特急"),
        TO,
        Signature(OFFICE, DAY),
        IMPRINT,
    ),
    "upward": Frame(
        Head((OFFICE,), "某政办〔2021〕7号", signers=("张三", "李四", "王五")),
        ("省人民政府",),
        Signature(OFFICE, DAY, Seal.UNSEALED),
        IMPRINT,
    ),
    "joint": Frame(
        Head((OFFICE, OTHER), "某政办发〔2021〕8号"), TO, Signature(OFFICE, DAY, others=(OTHER,)), IMPRINT
    ),
    "letter": Frame(
        Head((OFFICE,), "某政办函〔2021〕9号", form=Form.LETTER), TO, Signature(OFFICE, DAY), IMPRINT
    ),
    "stamped": Frame(
        Head((OFFICE,), "某政办发〔2021〕10号"), TO, Signature("张三", DAY, Seal.STAMPED, "主任"), IMPRINT
    ),
}
#: Frames of whole 责任清单, which take many pages.
WHOLE = ("downward", "joint")
#: Documents that are drawn too.
DRAWN = (
    "1-责任清单-whole-downward-A",
    "2-责任清单-part-joint-A",
    "2-责任清单-unit-letter-A",
    "2-任务书-unit-secret-A",
    "1-任务书-unit-downward-B",
    "2-bare0-A",
    "1-whole-downward-A",
    "2-whole-upward-A",
    "2-whole-joint-B",
    "2-part-secret-A",
    "1-unit0-plain-B",
    "2-lying-downward-A",
    "2-text-downward-A",
    "2-unit1-upward-B",
)


def units_of(row: TaskRow) -> tuple[str, ...]:
    return (*row.leads, *row.responsible, *row.cooperating)


def lists(registry: str) -> dict[str, OfficialDocument]:
    """Documents by name: notice, what of it, frame."""
    made = {}
    for number in "12":
        with reading(registry) as reader:
            (notice,) = matching_notices(reader, number)
        rows = task_rows(registry, notice)
        parties = Counter(name for row in rows for name in units_of(row))
        units = [name for name, _ in parties.most_common(2)]
        source, own_number = notice.title or notice.name, notice.document_number or ""
        listed = functools.partial(task_list, source=source, number=own_number, year=notice.year)
        part = task_rows(registry, notice, section="三")
        assert 0 < len(part) < len(rows)

        for name, frame in FRAMES.items():
            made[f"{number}-whole-{name}"] = listed(rows, frame=frame)
            made[f"{number}-part-{name}"] = listed(part, frame=frame, section="三")
            for at, unit in enumerate(units):
                own = tuple(row for row in rows if unit in units_of(row))
                made[f"{number}-unit{at}-{name}"] = listed(own, frame=frame, unit=unit)
        base = made[f"{number}-whole-downward"]
        table = base.attachments[0].blocks
        lying = (Attachment(base.attachments[0].title, table, landscape=True), Attachment("有关说明", TEXT))
        made[f"{number}-lying-downward"] = changed(base, attachments=lying[:1])
        made[f"{number}-two-downward"] = changed(base, attachments=lying)
        made |= duty_documents(registry, notice, units)
        # The tasks as text, as a notice has them.
        words = ("一、工作任务", *(f"{at}. {row.task}" for at, row in enumerate(part, 1)))
        made[f"{number}-text-downward"] = changed(base, text=words, attachments=())
    return made


def duty_documents(registry: str, notice: NoticeRow, units: list[str]) -> dict[str, OfficialDocument]:
    """责任清单, 任务书 and lists on their own."""
    number = str(notice.id)
    about = {"source": notice.title or notice.name, "number": notice.document_number or ""}
    made = {}
    whole, part = task_rows(registry, notice), task_rows(registry, notice, section="三")
    checklists = [list_of_unit(registry, unit, notice=number, words=printed) for unit in units]
    words, book = ListWords(), BookWords()
    for name, frame in FRAMES.items():
        if name in WHOLE:
            made[f"{number}-责任清单-whole-{name}"] = duty_list(whole, year=notice.year, frame=frame, **about)
        made[f"{number}-责任清单-part-{name}"] = duty_list(
            part, year=notice.year, section="三", frame=frame, **about
        )
        one = checklists[0]
        made[f"{number}-责任清单-unit-{name}"] = covered_list(one, words, frame, **about)
        plans = [Plan("印发文件并组织实施", "预算处", "张三"), *[Plan()] * (len(one.rows) - 1)]
        made[f"{number}-任务书-unit-{name}"] = task_book(one, plans, book, frame, **about)
    for at, one in enumerate((*checklists, Checklist("省档案局", ()))):
        made[f"{number}-bare{at}"] = bare_lists([one], words)
    return made


TEXT = (
    "一、填报要求",
    "（一）按月填报。",
    "各单位于每月5日前报送进展情况，逾期未报的予以通报，并计入年度考评。",
)


def changed(document: OfficialDocument, **fields: object) -> OfficialDocument:
    return dataclasses.replace(document, **fields)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[OfficialDocument, bytes]]:
    registry = str(tmp_path_factory.mktemp("registry") / "registry.db")
    notices = sorted(NOTICES.glob("*.txt"))
    assert len(notices) == 2
    assert main(["ingest", "--registry", registry, *map(str, notices)]) == 0
    return {
        f"{name}-{profile}": (document, compose(document, read_settings(profile=profile)))
        for name, document in lists(registry).items()
        for profile in "AB"
        if profile == "A" or "-whole-" in name or f"{name}-B" in DRAWN
    }


def faults(made: bytes, name: str, setting: Rendered | CannotRenderError | None = None) -> list[str]:
    """Everything found."""
    report = check(made, name, rendered=setting is not None, setting=setting)
    if setting is not None and report.pages is None:
        pytest.skip(f"pages are not drawn: {report.not_rendered}")
    return [
        f"{name} {one.rule.code} {fault.where}: {fault.found}, not {fault.expected}"
        for one in report.results
        if one.outcome is Outcome.NOT_MET
        for fault in one.faults
    ]


def test_none_of_more_than_60_documents_has_a_fault(
    documents: dict[str, tuple[OfficialDocument, bytes]],
) -> None:
    assert len(documents) >= 60
    found = []
    for name, (document, made) in documents.items():
        prove(made, document)
        found += faults(made, name)
    assert found == []


def test_drawn_documents_have_no_fault(documents: dict[str, tuple[OfficialDocument, bytes]]) -> None:
    found = []
    for name, setting in zip(DRAWN, render_all([(name, documents[name][1]) for name in DRAWN]), strict=True):
        found += faults(documents[name][1], name, setting)
    assert found == []


def test_the_schema_audit_finds_nothing(
    documents: dict[str, tuple[OfficialDocument, bytes]], tmp_path: Path
) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed: schema not checked")
    for name in DRAWN:
        written = tmp_path / f"{name}.docx"
        written.write_bytes(documents[name][1])
        assert audit.OpenXmlValidator().validate(str(written)).errors == [], name
