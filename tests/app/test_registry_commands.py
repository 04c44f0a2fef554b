"""`duban ingest`, `search` and `checklist` over a real registry and real Word files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx
import pytest
from commands import run
from duban.app.corpus import corpus_folder

LIAONING = corpus_folder() / "liaoning"
SAMPLES = corpus_folder() / "samples"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A registry with the two Liaoning notices and the samples, made by the command."""
    target = str(tmp_path_factory.mktemp("registry") / "登记库.db")
    with pytest.MonkeyPatch.context() as patch:
        ran = run(patch, "ingest", LIAONING, SAMPLES, "--registry", target)
    assert ran.status == 0, ran.err
    assert ran.out.count("新登记") == 14
    return target


def hits(monkeypatch: pytest.MonkeyPatch, registry: str, *arguments: str) -> list[dict[str, object]]:
    ran = run(monkeypatch, "search", *arguments, "--registry", registry, "--format", "json")
    assert ran.status == 0, ran.err
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


def test_the_same_bytes_change_nothing(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "ingest", LIAONING, "--registry", registry)
    assert ran.status == 0
    assert ran.out.count("已登记过") == 2


def test_a_unit_is_found_in_each_role(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = hits(monkeypatch, registry, "--unit", "省财政厅", "--notice", "重点工作任务落实措施")
    helping = hits(
        monkeypatch,
        registry,
        "--unit",
        "省财政厅",
        "--role",
        "cooperating",
        "--notice",
        "重点工作任务落实措施",
    )
    assert {hit["number"] for hit in helping} < {hit["number"] for hit in everything}
    assert 13 in {hit["number"] for hit in helping}
    for hit in everything:
        assert any("省财政厅" in str(reason["party"]) for reason in hit["why"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("word", ["减税", "农垦", "4G", "厕所革命", "沈", "，"])
def test_every_hit_contains_the_word_and_none_is_missed(
    registry: str, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    """Compared with a literal scan over the parsed tasks; half and full width count as the same."""
    from duban.extract import parse_bytes
    from duban.model.folding import fold_case

    expected = 0
    for path in [*LIAONING.iterdir(), *SAMPLES.iterdir()]:
        notice = parse_bytes(path.read_bytes(), path.name)
        for task in notice.tasks:
            body = "".join(fold_case(task.span.of(notice.source.text)).split())
            expected += fold_case(word) in body
    found = hits(monkeypatch, registry, word)
    assert len(found) == expected
    assert expected


def test_a_city_answers_through_a_group(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = hits(monkeypatch, registry, "--unit", "沈阳市", "--year", "2018")
    kinds = [{reason["kind"] for reason in hit["why"]} for hit in found]  # type: ignore[attr-defined]
    assert {"unit"} in kinds
    assert {"group"} in kinds
    assert (
        "经由 各市人民政府"
        in run(monkeypatch, "search", "--unit", "沈阳市", "--year", "2018", "--registry", registry).out
    )
    exact = hits(monkeypatch, registry, "--unit", "沈阳市人民政府", "--exact", "--year", "2018")
    assert exact
    assert all(reason["kind"] == "unit" for hit in exact for reason in hit["why"])  # type: ignore[attr-defined]


def test_conditions_combine(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = hits(monkeypatch, registry, "融资", "--unit", "省金融监管局", "--year", "2021", "--limit", "2")
    assert 1 <= len(found) <= 2
    assert all(hit["year"] == 2021 for hit in found)
    due = hits(monkeypatch, registry, "--due-before", "2021-07-01", "--year", "2021")
    assert due
    assert all(
        reason["due"] < "2021-07-01"
        for hit in due
        for reason in hit["why"]
        if reason["kind"] == "deadline"  # type: ignore[attr-defined]
    )


def test_words_are_marked_in_the_table(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "【减税】" in run(monkeypatch, "search", "减税", "--registry", registry).out


def test_nothing_found_suggests_what_would_be(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "search", "减税厕所革命", "--registry", registry)
    assert (ran.status, ran.out) == (0, "")
    assert "减税" in ran.err
    unit = run(monkeypatch, "search", "--unit", "省财正厅", "--registry", registry)
    assert "省财政厅" in unit.err


def test_csv_opens_in_a_spreadsheet_without_running_anything(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "结果.csv"
    run(monkeypatch, "search", "减税", "--format", "csv", "-o", target, "--registry", registry)
    raw = target.read_bytes()
    assert raw.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][:3] == ["通知", "年度", "编号"]
    assert len(rows) == 1 + len(hits(monkeypatch, registry, "减税"))
    assert not run(monkeypatch, "search", "减税", "--format", "csv", "--registry", registry).out.startswith(
        "\ufeff"
    )


def test_a_checklist_is_a_word_file_with_every_duty(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "省财政厅.docx"
    ran = run(
        monkeypatch, "checklist", "--unit", "省财政厅", "--notice", "重点工作任务落实措施", "-o", target,
        "--registry", registry,
    )  # fmt: skip
    assert (ran.status, ran.out.strip()) == (0, str(target))
    wanted = hits(monkeypatch, registry, "--unit", "省财政厅", "--notice", "重点工作任务落实措施")
    document = docx.Document(str(target))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for hit in wanted:
        assert f"第{hit['number']}项" in "".join(cells).replace(" ", "")
        assert any(str(hit["text"]) in cell for cell in cells), hit["number"]


def test_all_units_have_a_list(registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(
        monkeypatch, "checklist", "--all", "--notice", "重点工作任务落实措施", "-o", tmp_path / "清单",
        "--registry", registry,
    )  # fmt: skip
    assert ran.status == 0
    names = {Path(line).name for line in ran.out.splitlines()}
    assert len(names) == len(list((tmp_path / "清单").iterdir())) > 40
    assert "省财政厅2021年责任清单.docx" in names


def test_an_unknown_unit_makes_no_file(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, "checklist", "--unit", "火星局", "-o", tmp_path / "x.docx", "--registry", registry)
    assert ran.status == 1
    assert "没有生成清单" in ran.err
    assert not (tmp_path / "x.docx").exists()


def test_a_corrected_file_becomes_a_new_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, registry = tmp_path / "a.txt", tmp_path / "r.db"
    body = (
        "甲市人民政府关于印发任务的通知\n甲政发〔2024〕1号\n各县人民政府：\n1.修路{}公里。（市交通局负责）\n"
    )
    for kilometres in (5, 6):
        path.write_text(body.format(kilometres), encoding="utf-8")
        ran = run(monkeypatch, "ingest", path, "--registry", registry)
    assert "新版本第2版" in ran.out
    found = json.loads(run(monkeypatch, "search", "修路", "--format", "json", "--registry", registry).out)
    assert [hit["text"] for hit in found] == ["修路6公里。"]


def test_a_folder_in_place_of_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = next(LIAONING.iterdir())
    for arguments in (["ingest", source], ["search", "x"], ["checklist", "--all", "-o", tmp_path / "o"]):
        ran = run(monkeypatch, *arguments, "--registry", tmp_path)
        assert ran.status == 3
        assert "E30" in ran.err
        assert "处理办法" in ran.err


def test_a_missing_registry_is_not_made_by_a_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "search", "x", "--registry", tmp_path / "none.db")
    assert (ran.status, "E305" in ran.err) == (3, True)
    assert not (tmp_path / "none.db").exists()


def test_one_bad_file_does_not_stop_ingesting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "1坏.txt").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "2好.txt").write_text("1.修路。（市交通局负责）\n", encoding="utf-8")
    ran = run(monkeypatch, "ingest", tmp_path, "--registry", tmp_path / "r.db")
    assert ran.status == 1
    assert "2好.txt" in ran.out
    assert "1坏.txt" in ran.err
    assert "E211" in ran.err


def test_nothing_readable_ends_with_three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "ingest", tmp_path / "无.txt", "--registry", tmp_path / "r.db")
    assert ran.status == 3


def test_supersedes_takes_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "ingest", LIAONING, "--supersedes", "1", "--registry", tmp_path / "r.db")
    assert (ran.status, "E100" in ran.err) == (2, True)
    assert not (tmp_path / "r.db").exists()


def test_lists_of_two_years_do_not_overwrite_each_other(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in ("2018", "2021"):
        ran = run(
            monkeypatch,
            "checklist",
            "--unit",
            "省财政厅",
            "--year",
            year,
            "-o",
            tmp_path,
            "--registry",
            registry,
        )
        assert ran.status == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["省财政厅2018年责任清单.docx", "省财政厅2021年责任清单.docx"]


def test_line_breaks_of_the_file_do_not_get_into_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, registry = tmp_path / "a.txt", tmp_path / "r.db"
    path.write_bytes("1.改造桥下空间。（责任单位：\r\n市住房城\r\n乡建设局、市⼯业局）\r\n".encode())
    run(monkeypatch, "ingest", path, "--registry", registry)
    ran = run(monkeypatch, "checklist", "--all", "-o", tmp_path / "清单", "--registry", registry)
    assert {Path(line).name for line in ran.out.splitlines()} == {
        "市住房城乡建设局责任清单.docx",
        "市工业局责任清单.docx",
    }
    text = "".join(p.text for p in docx.Document(str(tmp_path / "清单" / "市工业局责任清单.docx")).paragraphs)
    assert "市工业局" in text


def test_left_out_items_are_told(registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.docx"
    run(
        monkeypatch, "checklist", "--unit", "省财政厅", "--notice", "重点工作任务落实措施", "-o", target,
        "--registry", registry,
    )  # fmt: skip
    cells = [c.text for table in docx.Document(str(target)).tables for row in table.rows for c in row.cells]
    assert any("另有6项由其他单位承担，从略" in cell for cell in cells)


@pytest.mark.parametrize("output", ["", "-"])
def test_a_checklist_needs_a_place(output: str, registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "checklist", "--all", "-o", output, "--registry", registry)
    assert (ran.status, "E100" in ran.err) == (2, True)


def test_the_number_of_hits_is_told_whole(registry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    every = len(hits(monkeypatch, registry, "减税"))
    ran = run(monkeypatch, "search", "减税", "--limit", "2", "--registry", registry)
    assert f"共 {every} 项，显示前 2 项" in ran.err


def test_a_second_file_of_the_same_notice_is_hinted_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = tmp_path / "r.db"
    body = "甲市人民政府关于印发2024年任务的通知\n各县人民政府：\n1.修路{}公里。（市交通局负责）\n"
    for name, kilometres in (("a.txt", 5), ("b.txt", 6)):
        (tmp_path / name).write_text(body.format(kilometres), encoding="utf-8")
    run(monkeypatch, "ingest", tmp_path / "a.txt", "--registry", registry)
    second = run(monkeypatch, "ingest", tmp_path / "b.txt", "--registry", registry)
    assert "--supersedes 1" in second.err
    joined = run(monkeypatch, "ingest", tmp_path / "b.txt", "--supersedes", "1", "--registry", registry)
    assert "新版本第2版" in joined.out
    found = json.loads(run(monkeypatch, "search", "修路", "--format", "json", "--registry", registry).out)
    assert [hit["text"] for hit in found] == ["修路6公里。"]
    old = run(monkeypatch, "ingest", tmp_path / "a.txt", "--registry", registry)
    assert "旧版本" in old.err


def test_every_task_is_on_some_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that only a group answers for has the group's list."""
    path, registry = tmp_path / "a.txt", tmp_path / "r.db"
    path.write_text(
        "1.防汛。（省防汛指挥部成员单位按职责分工负责）\n2.修路。（市交通局负责）\n", encoding="utf-8"
    )
    run(monkeypatch, "ingest", path, "--registry", registry)
    ran = run(monkeypatch, "checklist", "--all", "-o", tmp_path / "清单", "--registry", registry)
    assert len(ran.out.splitlines()) == 2
