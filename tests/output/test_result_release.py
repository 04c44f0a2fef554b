"""The kinds on scores and progress before release: falsified ones are stopped, sound ones pass each check."""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache
from pathlib import Path

import progress_made
import pytest
from drawn import draw, missing, pages
from duban.app.options import parser_of
from duban.app.reports import KINDS
from duban.app.reports.job import Prepared, job_of
from duban.app.reports.release import proven
from duban.model.errors import ProofError
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.official.compose import compose
from duban.output.official.document import OfficialDocument
from duban.output.official.proof import prove
from duban.output.official.settings import read_settings

INPUTS = Path(progress_made.__file__).parent / "golden" / "成绩.json"
SCORES = ("--rules", "liaoning-2018", "--inputs", str(INPUTS))
#: What each kind is made from; ``PROGRESS`` kinds get the registry.
KINDS_HERE = {
    "考评结果通报": SCORES,
    "扣分告知": (*SCORES, "--unit", "丁市"),
    "督查台账": ("--as-of", "2024-06-20"),
    "督查通报": ("--as-of", "2024-06-20"),
    "催办单": ("--as-of", "2024-06-26"),
    "中期评估通报": ("--as-of", "2024-06-20"),
    "年底绩效对账": ("--as-of", "2024-12-31"),
}
OFFICE = ("--issuer", "澜江市人民政府办公室", "--date", "2024-06-21", "--number", "澜政办〔2024〕5号",
          "--copy-to", "市委办公室", "--to", "各县区人民政府")  # fmt: skip
SETTINGS = read_settings()
LACKS = missing()


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> str:
    return progress_made.filled(tmp_path_factory.mktemp("release") / "registry.db")


def prepared(kind: str, registry: str, *more: str) -> list[Prepared]:
    arguments = (
        "report",
        kind,
        *KINDS_HERE[kind],
        "--registry",
        registry,
        "--notice",
        "1",
        "--preview",
        *more,
    )
    return list(KINDS[kind].documents()(job_of(parser_of().parse_args(arguments))))


def headed(kind: str, registry: str) -> Prepared:
    """A document of the kind with everything an office puts about it."""
    return prepared(kind, registry, *OFFICE, *(("--unit", "市民政局") if kind == "催办单" else ()))[0]


@cache
def made(kind: str, registry: str) -> tuple[Prepared, bytes]:
    one = headed(kind, registry)
    return one, compose(one.document, SETTINGS)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_body(data: bytes, body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in (parts_of(data) | {"word/document.xml": body.encode()}).items():
            archive.writestr(name, part)
    return buffer.getvalue()


#: What is falsified: where it stands in the text, and what is written there instead.
FALSE = {
    "digit": (r"\d", lambda found: str((int(found[0]) + 1) % 10)),
    "unit": (r"[甲乙丙丁]市|市\w{2,8}?[局委办]|财政厅|发展改革委", lambda _: "市某某局"),
    "rank or number": (r"第\d+[名项]|[红黄蓝]灯|优秀|良好|一般|滞后|兑现|逾期", lambda _: "第99名"),
    "share or score": (
        r"\d+\.\d+", lambda found: f"{float(found[0]) + 0.1:.{len(found[0].partition('.')[2])}f}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("what", FALSE)
@pytest.mark.parametrize("kind", KINDS_HERE)
def test_a_falsified_file_is_stopped(registry: str, kind: str, what: str, seed: int) -> None:
    one, data = made(kind, registry)
    body = parts_of(data)["word/document.xml"].decode()
    pattern, false = FALSE[what]
    places = [
        (run.start(1) + found.start(), found)
        for run in re.finditer(r"<w:t(?: [^>]*)?>([^<&]+)</w:t>", body)
        for found in re.finditer(pattern, run[1])
        if false(found) != found[0]
    ]
    if not places:
        assert kind == "催办单"
        return
    at, found = random.Random(f"{kind} {what} {seed}").choice(places)
    falsified = with_body(data, body[:at] + false(found) + body[at + len(found[0]) :])
    prove(data, one.again())
    with pytest.raises(ProofError) as stopped:
        prove(falsified, one.again())
    assert stopped.value.place


@pytest.mark.parametrize("kind", [kind for kind in KINDS_HERE if "--as-of" in KINDS_HERE[kind]])
def test_an_entry_made_between_writing_and_proof_stops_the_release(tmp_path: Path, kind: str) -> None:
    from duban.model.progress.identity import Identity
    from duban.model.progress.log import Draft, append
    from duban.model.progress.records import Verification
    from duban.model.registry import open_registry

    target = progress_made.filled(tmp_path / "registry.db")
    (one, *_) = prepared(kind, target, *(("--unit", "市民政局") if kind == "催办单" else ()))
    assert proven(one, SETTINGS, KINDS[kind].most)
    with open_registry(Path(target)) as writer:
        found = Verification("核实没有出台", percent="10")
        append(writer, [Draft(Identity(1, "6"), found, "督查室", "2024-06-19")])
    (again, *_) = prepared(kind, target, *(("--unit", "市民政局") if kind == "催办单" else ()))
    with pytest.raises(ProofError):
        prove(compose(one.document, SETTINGS), again.document)


#: Wordings of an office that state other figures than the records: file, block, words.
WRONG = [
    ("考评结果通报", "result_notice", "band", "{{ band }}{{ count + 1 }}个（占{{ share }}）：{{ units }}"),
    ("考评结果通报", "result_notice", "band", "{{ band }}{{ count }}个（占1{{ share }}）：{{ units }}"),
    ("督查台账", "supervision_ledger", "light", "{{ light }}{{ count + 1 }}个"),
    ("督查通报", "progress_notice", "class", "{{ name }}{{ count + 1 }}项（占{{ share }}）"),
    ("督查通报", "progress_notice", "class", "{{ name }}{{ count }}项（占1{{ share }}）"),
    ("中期评估通报", "midterm_notice", "class", "{{ name }}{{ count + 1 }}项（占{{ share }}）"),
    ("中期评估通报", "midterm_notice", "tasks", "{{ name }}{{ count + 1 }}项：{{ tasks }}。"),
    ("年底绩效对账", "reconciliation", "conclusion", "{{ name }}{{ count + 1 }}条（占{{ share }}）"),
    ("年底绩效对账", "reconciliation", "conclusion", "{{ name }}{{ count }}条（占1{{ share }}）"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong[1]} {wrong[2]}")
def test_an_office_s_wording_that_does_not_add_up_is_stopped(
    registry: str, tmp_path: Path, wrong: tuple[str, str, str, str]
) -> None:
    kind, file, block, words = wrong
    (tmp_path / "official").mkdir()
    own = tmp_path / "official" / f"{file}.j2"
    own.write_text(f"{{% block {block} %}}{words}{{% endblock %}}", encoding="utf-8")
    (one, *_) = prepared(kind, registry, "--templates", str(tmp_path))
    with pytest.raises(ProofError, match="前后不一致"):
        proven(one, SETTINGS, KINDS[kind].most)


def faults(data: bytes, name: str, *, rendered: bool) -> list[str]:
    report = check(data, name, rendered=rendered)
    return [
        f"{name} {one.rule.code} {fault.where}: {fault.found}, not {fault.expected}"
        for one in report.results
        if one.outcome is Outcome.NOT_MET
        for fault in one.faults
    ]


@pytest.mark.parametrize("kind", KINDS_HERE)
def test_the_checker_and_the_schema_audit_find_nothing(registry: str, kind: str, tmp_path: Path) -> None:
    data = proven(headed(kind, registry), SETTINGS, KINDS[kind].most)
    plain = [compose(one.document, SETTINGS) for one in prepared(kind, registry)]
    found = [fault for one in (data, *plain) for fault in faults(one, kind, rendered=False)]
    assert found == []
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed: schema not checked")
    written = tmp_path / "made.docx"
    written.write_bytes(data)
    assert audit.OpenXmlValidator().validate(str(written)).errors == []


@pytest.mark.slow
@pytest.mark.skipif(bool(LACKS), reason=f"pages are not drawn: this machine lacks {LACKS}")
@pytest.mark.parametrize("kind", ["督查台账", "年底绩效对账"])
def test_drawn_documents_have_no_fault(registry: str, kind: str) -> None:
    """A table with days is no imprint; a page that a kept paragraph leaves is not full; a mark that hangs is
    no 29th character."""
    assert faults(made(kind, registry)[1], kind, rendered=True) == []


@pytest.mark.slow
@pytest.mark.skipif(bool(LACKS), reason=f"pages are not drawn: this machine lacks {LACKS}")
def test_no_number_is_broken_at_a_line_s_end(tmp_path: Path) -> None:
    """GB/T 15835: a number stands on one line. It is drawn at every distance from the end."""
    number = "12345.67%"
    document = OfficialDocument(
        "关于数字的通知", tuple("中" * at + number + "中" * 9 for at in range(10, 34))
    )
    (tmp_path / "numbers.docx").write_bytes(compose(document, SETTINGS))
    (drawn,) = draw(tmp_path, "numbers.docx")
    seen = 0
    for page in pages(drawn):
        text = "".join(letter.text for letter in page.letters)
        for found in re.finditer(re.escape(number), text):
            bottoms = [letter.bottom for letter in page.letters[found.start() : found.end()]]
            assert max(bottoms) - min(bottoms) < 3
            seen += 1
    assert seen == 24
