"""Search: every hit holds the words and none is missed; units by all names and groups; why and where."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from duban.model import Notice, Span
from duban.model.errors import UsageError
from duban.model.folding import fold_case
from duban.model.registry import Hit, Query, count_hits, highlight, open_registry, search
from duban.model.units import UnitDirectory
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from notice_builder import build, raw_of

LIAONING_2021 = build(
    """
    一、稳增长,2021年底前
    1.减税降费,落实税收优惠。(牵头:省财政厅,配合:省税务局)
      目标 ①减税100亿元。(责任:省财政厅)
      措施 ①6月底前完成ABC汇编。
      措施 ②加强农垦系统(试点)督导。(责任:省农业农村厅)
    2.春耕生产,财政支持。(责任:各市人民政府)
    3.农垦改革。(责任:省农业农村厅、相关市人民政府)
    4.港口建设。(责任:省交通运输厅、沿海6市)
    二、惠民生
    5.沈阳地铁。(牵头:沈阳市人民政府,配合:沈阳海关)
    6.司法改革。(责任:省司法厅(省监狱管理局)、省检察院(省人民检察院))
    """,
    name="liaoning-2021.txt",
    title="2021年重点工作任务落实措施",
    document_number="辽政发〔2021〕9号",
    issued_on="2021-04-27",
)
LIAONING_2018 = build(
    """
    1.减税。(责任:省财政厅、省地税局)
    2.环保督察。(责任:省环保厅,各市人民政府)
    """,
    name="liaoning-2018.txt",
    document_number="辽政办发〔2018〕10号",
    year=2018,
    issued_on="2018-03-09",
)
ANHUI_2022 = build(
    """
    1.减税与春耕。(责任:省财政厅、各市人民政府)
    """,
    name="anhui.txt",
    title="安徽省实施方案",
    document_number="皖政办〔2022〕3号",
    issuer="安徽省人民政府办公厅",
    year=2022,
)
UNPLACED = build("1.无出处。(责任:各市人民政府)", name="x.txt", issuer=None, year=None)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def registry(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Four notices, on each database."""
    target = str(tmp_path_factory.mktemp("search") / "r.db")
    if request.param == "postgresql":
        server: str = request.getfixturevalue("postgresql_server")
        target = server.format(database="postgres")
    with open_registry(target) as opened:
        for notice in (LIAONING_2021, LIAONING_2018, ANHUI_2022, UNPLACED):
            opened.ingest(notice, raw_of(notice))
    return target


def found(hits: tuple[Hit, ...]) -> list[str]:
    return [f"{hit.year}/{hit.number}" for hit in hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(words=("减税",)), ["2022/1", "2021/1", "2018/1"]),
        (Query(words=("税",), year=2021), ["2021/1"]),
        (Query(words=("税收优惠",)), ["2021/1"]),
        (Query(words=("减税", "汇编")), ["2021/1"]),
        (Query(words=("减税 汇编",)), ["2021/1"]),
        (Query(words=("减税 春耕",)), ["2022/1"]),
        (Query(words=("农垦",)), ["2021/3", "2021/1"]),
        (Query(words=("abc",)), ["2021/1"]),
        (Query(words=("ＡＢＣ汇",)), ["2021/1"]),
        (Query(words=("（试点）",)), ["2021/1"]),
        (Query(words=("垦 系", "统(")), ["2021/1"]),
        (Query(words=("系垦",)), []),
        (Query(words=("100亿",)), ["2021/1"]),
        (Query(words=("不存在的",)), []),
        (Query(words=("减税",), unit="省税务局"), ["2021/1", "2018/1"]),
        (Query(words=("减税",), notice="2018"), ["2018/1"]),
        (Query(notice="辽政办发[2018]10号"), ["2018/1", "2018/2"]),
        (Query(notice="安徽"), ["2022/1"]),
        (Query(notice="2"), ["2018/1", "2018/2"]),
        (Query(notice="没有的"), []),
        (Query(year=2018), ["2018/1", "2018/2"]),
        (Query(due_before="2021-06-30"), []),
        (Query(due_before="2021-07-01"), ["2021/1"]),
        (Query(due_before="2022-01-01"), [f"2021/{number}" for number in (1, 2, 3, 4)]),
        (Query(role="lead"), ["2021/1", "2021/5"]),
        (Query(words=("减税",), limit=1), ["2022/1"]),
    ],
)
def test_words_and_conditions(
    registry: str, liaoning: UnitDirectory, query: Query, expected: list[str]
) -> None:
    assert found(search(registry, query, liaoning)) == expected


def test_no_condition_finds_everything_newest_first(registry: str, liaoning: UnitDirectory) -> None:
    hits = search(registry, Query(), liaoning)
    assert found(hits) == ["2022/1", *(f"2021/{n}" for n in range(1, 7)), "2018/1", "2018/2", "None/1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(unit="省财政厅"), ["2022/1", "2021/1", "2018/1"]),
        (Query(unit="辽宁省财政厅"), ["2022/1", "2021/1", "2018/1"]),
        (Query(unit="liaoning/finance"), ["2022/1", "2021/1", "2018/1"]),
        (Query(unit="省财政厅", role="lead"), ["2021/1"]),
        (Query(unit="省财政厅", role="cooperating"), []),
        (Query(unit="省税务局", role="cooperating"), ["2021/1"]),
        (Query(unit="省农业农村厅"), ["2021/1", "2021/3"]),
        (Query(unit="省环保厅"), ["2018/2"]),
        (Query(unit="省生态环境厅"), ["2018/2"]),
        (Query(unit="省生态环境厅", exact=True), []),
        (Query(unit="省地税局"), ["2018/1", "2021/1"]),
        (Query(unit="省税务局"), ["2021/1", "2018/1"]),
        (Query(unit="省税务局", exact=True), ["2021/1"]),
        (Query(unit="省司法厅"), ["2021/6"]),
        (Query(unit="省检察院"), ["2021/6"]),
        (Query(unit="省人民检察院"), ["2021/6"]),
        (Query(unit="沈阳海关"), ["2021/5"]),
        (Query(unit="沈阳"), ["2021/5", "2021/2", "2018/2", "2021/3", "None/1"]),
        (Query(unit="大连市"), ["2021/2", "2021/4", "2018/2", "2021/3", "None/1"]),
        (Query(unit="大连市", role="lead"), []),
        (Query(unit="各市人民政府"), ["2022/1", "2021/2", "2018/2", "None/1"]),
        (Query(unit="各市政府"), ["2022/1", "2021/2", "2018/2", "None/1"]),
        (Query(unit="财政厅"), ["2022/1", "2021/1", "2018/1"]),
        (Query(unit="财政厅", exact=True), []),
        (Query(unit="沈阳", exact=True), []),
        (Query(unit="沈阳市人民政府", exact=True), ["2021/5"]),
        (Query(unit="省司法厅（省监狱管理局）", exact=True), ["2021/6"]),
        (Query(unit="没有的单位"), []),
        (Query(unit="%"), []),
    ],
)
def test_units(registry: str, liaoning: UnitDirectory, query: Query, expected: list[str]) -> None:
    assert found(search(registry, query, liaoning)) == expected


def test_a_directory_is_not_needed_for_the_very_words(registry: str) -> None:
    assert found(search(registry, Query(unit="省财政厅"), UnitDirectory())) == ["2022/1", "2021/1", "2018/1"]


def test_why_tells_the_unit_named_itself(registry: str, liaoning: UnitDirectory) -> None:
    hit = search(registry, Query(unit="省财政厅", year=2021), liaoning)[0]
    parties = [match.to_dict() for match in hit.why]
    assert [(p["kind"], p["party"], p["role"], p["evidence"]) for p in parties] == [
        ("unit", "省财政厅", "lead", "quoted"),
        ("unit", "省财政厅", "responsible", "quoted"),
    ]
    text = LIAONING_2021.source.text
    assert all(text[slice(*p["span"])] == p["party"] for p in parties)


def test_why_tells_the_group_and_whether_it_is_sure(registry: str, liaoning: UnitDirectory) -> None:
    hits = search(registry, Query(unit="沈阳市", year=2021), liaoning)
    told = {hit.number: [match.to_dict() for match in hit.why] for hit in hits}
    assert [(m["kind"], m["party"]) for m in told[5]] == [("unit", "沈阳市人民政府")]
    assert [(m["kind"], m["party"], m["possible"]) for m in told[2]] == [("group", "各市人民政府", False)]
    assert [(m["kind"], m["party"], m["possible"]) for m in told[3]] == [("group", "相关市人民政府", True)]


def test_a_group_of_a_notice_from_nowhere_is_only_possible(registry: str, liaoning: UnitDirectory) -> None:
    hits = search(registry, Query(unit="沈阳市"), liaoning)
    (match,) = hits[-1].why
    assert hits[-1].notice == "x.txt"
    assert match.to_dict()["possible"] is True


def test_a_name_inside_other_words_says_so(registry: str, liaoning: UnitDirectory) -> None:
    hit = search(registry, Query(unit="财政厅", year=2018), liaoning)[0]
    assert hit.why[0].to_dict()["partly"] is True


def test_why_tells_where_the_words_stand(registry: str, liaoning: UnitDirectory) -> None:
    query = Query(words=("降费", "亿元", "汇编", "税务局"), due_before="2021-12-01")
    (hit,) = search(registry, query, liaoning)
    *words, deadline = [match.to_dict() for match in hit.why]
    assert [(w["text"], w["where"], w["quote"]) for w in words[:3]] == [
        ("降费", "statement", "减税降费,落实税收优惠。"),
        ("亿元", "target", "减税100亿元。"),
        ("汇编", "measure", "6月底前完成ABC汇编。"),
    ]
    assert words[3]["where"] == "task"
    assert "配合:省税务局" in words[3]["quote"]
    text = LIAONING_2021.source.text
    assert all(text[slice(*word["span"])] == word["text"] for word in words)
    assert deadline == {
        "kind": "deadline",
        "text": "6月底前",
        "span": [*hit_span(text, "6月底前")],
        "due": "2021-06-30",
    }


def hit_span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_a_hit_is_the_contracts_json(registry: str, liaoning: UnitDirectory) -> None:
    (hit,) = search(registry, Query(words=("地铁",)), liaoning)
    record = json.loads(json.dumps(hit.to_dict()))
    assert list(record)[:7] == ["notice", "year", "number", "path", "text", "parties", "why"]
    assert record["notice"] == "辽政发〔2021〕9号"
    assert record["path"] == ["二、", "5."]
    assert record["text"] == "沈阳地铁。"
    text = LIAONING_2021.source.text
    assert [text[slice(*span)] for span in record["spans"]] == ["地铁"]
    assert text[slice(*record["text_span"])] == "沈阳地铁。"
    assert [(p["text"], p["role"]) for p in record["parties"]] == [
        ("沈阳市人民政府", "lead"),
        ("沈阳海关", "cooperating"),
    ]
    assert hit.highlighted("[", "]") == "沈阳[地铁]。"
    assert hit.highlighted("[", "]", part="body").startswith("5.沈阳[地铁]。(牵头")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"role": "boss"}, "没有“boss”这种责任"),
        ({"due_before": "2021年6月"}, "不是日期"),
        ({"due_before": "20210601"}, "不是日期"),
        ({"due_before": "2021-02-30"}, "不是日期"),
        ({"limit": 0}, "条数至少是 1"),
        ({"unit": ""}, "--unit 是空的"),
        ({"unit": "\u3000"}, "--unit 是空的"),
        ({"notice": ""}, "--notice 是空的"),
        ({"role": ""}, "--role 是空的"),
        ({"unit": "省\udce4厅"}, "--unit 含有不是文字"),
        ({"notice": "a\0"}, "--notice 含有不是文字"),
        ({"words": ("减税", "\ud800")}, "查找的词含有不是文字"),
        ({"year": 2**64}, "年份应在"),
        ({"year": 0}, "年份应在"),
        ({"limit": 2**63}, "条数太大"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Query(**fields)


def test_the_largest_limit_is_one(registry: str, liaoning: UnitDirectory) -> None:
    assert search(registry, Query(limit=2**63 - 1), liaoning) == search(registry, Query(), liaoning)


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(words=("减税",)),
        Query(unit="沈阳市"),
        Query(unit="省财政厅", role="responsible", words=("税",)),
        Query(notice="liaoning"),
        Query(notice="没有的"),
        Query(due_before="2022-01-01", year=2021),
        Query(unit="省农业农村厅", exact=True),
    ],
)
def test_hits_are_counted_without_the_limit(registry: str, liaoning: UnitDirectory, query: Query) -> None:
    everything = len(search(registry, query, liaoning))
    assert count_hits(registry, query, liaoning) == everything
    limited = replace(query, limit=1)
    assert len(search(registry, limited, liaoning)) == min(everything, 1)
    assert count_hits(registry, limited, liaoning) == everything


# The property: search against a literal scan. Few letters, so that words are often there, or nearly.
LETTERS = st.sampled_from("减税农垦的一〇𠮷①Ⅲ⼀⼈人Aaａ1１ \n\u3000\u200b%_*\"'():^-+,.;\\éßİΣς")
BODIES = st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=12)
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=2)
OPERATORS = st.sampled_from(
    [
        '"',
        "*",
        "减*",
        "^减",
        "NEAR(减 税)",
        "减 OR 税",
        "grams:减",
        "NOT 减",
        '减" OR "税',
        "';--",
        "%",
        "_",
        "\\",
    ]
)


def plain(text: str) -> str:
    return "".join(char for char in fold_case(text) if not char.isspace())


def notice_of(bodies: list[str]) -> Notice:
    """A task for each body, its statement exactly that; blanks and line breaks inside stay."""
    from dataclasses import replace
    from hashlib import sha256

    from duban.model import Task

    text = ""
    tasks = []
    for number, body in enumerate(bodies):
        span = Span(len(text), len(text) + len(body))
        tasks.append(Task(number, "", (), span, span))
        text += body + "\n"
    empty = build("1.x")
    source = replace(empty.source, text=text, sha256=sha256(text.encode()).hexdigest())
    return replace(empty, source=source, tasks=tuple(tasks))


def assert_same_as_scan(target: str, bodies: list[str], words: list[str]) -> None:
    sought = [plain(part) for word in words for part in word.split()]
    expected = [n for n, body in enumerate(bodies) if all(word in plain(body) for word in sought)]
    hits = search(target, Query(words=tuple(words)), UnitDirectory())
    assert [hit.number for hit in hits] == expected
    text = notice_of(bodies).source.text
    for hit in hits:
        for match in hit.why:
            quoted = text[match.span.start : match.span.end]  # type: ignore[union-attr]
            assert plain(quoted) in sought
            assert quoted == quoted.strip("\u200b\u3000 \n")
        covered = {at for span in hit.spans for at in range(*span)}
        for word in sought:
            assert word in plain(hit.body)
        assert covered <= set(range(*hit.span))


@given(bodies=BODIES, words=WORDS | st.lists(OPERATORS, min_size=1, max_size=2))
@example(bodies=["加强减\n税工作", "减 税", "减  \n 税", "减了税"], words=["减税"])
@example(bodies=["50%_完成", "50完成"], words=["50%_完"])
@example(bodies=["减" * 40], words=["减" * 39])
@example(bodies=["", "\n", "税"], words=["税"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_hit_holds_the_words_and_none_is_missed(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], words: list[str]
) -> None:
    notice = notice_of(bodies)
    path = tmp_path_factory.mktemp("scan") / "r.db"
    with open_registry(path) as registry:
        registry.ingest(notice, notice.source.text.encode())
    assert_same_as_scan(str(path), bodies, words)


def test_the_same_holds_on_postgresql(postgresql_url: str) -> None:
    bodies = ["加强减\n税工作", "50%_完成", "减了税", "\"引号'\\", "𠮷林①Ⅲ", "Aａ(1)", "a" * 50_000 + "尾"]
    with open_registry(postgresql_url) as registry:
        notice = notice_of(bodies)
        registry.ingest(notice, notice.source.text.encode())
    for words in (
        ["减税"],
        ["%_"],
        ["税"],
        ['"引'],
        ["'\\"],
        ["𠮷"],
        ["①Ⅲ"],
        ["ＡＡ（"],
        ["a尾"],
        ["a & b"],
        [":*"],
    ):
        assert_same_as_scan(postgresql_url, bodies, words)


def test_a_task_with_too_many_pairs_for_postgresql_is_still_found(postgresql_url: str) -> None:
    wide = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(60_000))
    with open_registry(postgresql_url) as registry:
        notice = notice_of([wide + "减税", "减税", "农垦"])
        registry.ingest(notice, notice.source.text.encode())
    hits = search(postgresql_url, Query(words=("减税",)), UnitDirectory())
    assert [hit.number for hit in hits] == [0, 1]


@pytest.mark.parametrize(
    ("text", "spans", "marked"),
    [
        ("减税降费", [(0, 2)], "[减税]降费"),
        ("减税降费", [(2, 4), (0, 2)], "[减税降费]"),
        ("减税降费", [(0, 3), (1, 2)], "[减税降]费"),
        ("减税", [], "减税"),
        ("[减]", [(0, 1)], "[[]减]"),
    ],
)
def test_highlighting_counts_positions(text: str, spans: list[tuple[int, int]], marked: str) -> None:
    assert highlight(text, tuple(Span(*span) for span in spans), "[", "]") == marked


def test_highlighting_outside_the_text_is_a_fault() -> None:
    with pytest.raises(ValueError, match="outside"):
        highlight("减税", (Span(1, 3),), "[", "]")


@given(
    st.text("a<>&\"'减", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4)
)
def test_highlighting_escapes_the_text_and_nothing_else(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = tuple(Span(min(a, b), max(a, b)) for a, b in pairs if max(a, b) <= len(text))
    marked = highlight(text, spans, "<mark>", "</mark>", escape=html.escape)
    bare = marked.replace("<mark>", "").replace("</mark>", "")
    assert html.unescape(bare) == text
    assert "<" not in bare
    assert ">" not in bare


def test_many_words_at_once(tmp_path: Path) -> None:
    body = "".join(chr(0x4E00 + number) for number in range(3000))
    with open_registry(tmp_path / "r.db") as registry:
        notice = notice_of([body, body[::-1]])
        registry.ingest(notice, notice.source.text.encode())
    words = tuple(body[at : at + 3] for at in range(0, 300, 3))
    assert [hit.number for hit in search(tmp_path / "r.db", Query(words=words), UnitDirectory())] == [0]
    assert [h.number for h in search(tmp_path / "r.db", Query(words=(body[:2500],)), UnitDirectory())] == [0]
