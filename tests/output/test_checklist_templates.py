"""An office's own wording and layout: what it may change, and how broken or hostile files end."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from duban.model.errors import TemplateError
from duban.output import Checklist, write_checklist
from duban.output.layout import read_layout
from duban.output.official.duties import BLOCKS, WORDING_FILE
from duban.output.official.settings import LAYOUT_FILE
from duban.output.sources import LIMIT_BYTES, SourceText, shipped
from duban.output.wording import Wording
from duban.output.write import Press
from hypothesis import given
from hypothesis import strategies as st
from made_lists import W, body, parts, row, words

LIST = Checklist("省财政厅", (row(1, measures=("①做。",)),), year=2021)


def own_wording(text: str) -> Wording:
    return Wording(shipped(WORDING_FILE), SourceText("own.j2", text), BLOCKS)


def title(text: str) -> str:
    """The title block of an office's own file, filled."""
    values = {"unit": "厅", "year": 2021, "total": 1, "lead": 1, "responsible": 0, "cooperating": 0, "via": 0}
    return own_wording(text).say("title", **values)


def test_an_office_changes_a_block_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / WORDING_FILE).write_text("{% block title %}{{ unit }}督查清单{% endblock %}", "utf-8")
    (tmp_path / LAYOUT_FILE).write_text('[fonts]\nbody = "宋体"\n', "utf-8")
    data = Press(tmp_path).document([LIST])
    text = words(body(data))
    assert "省财政厅督查清单" in text
    assert "落实措施" in text
    styles = parts(data)["word/styles.xml"].decode()
    assert "仿宋_GB2312" not in styles
    assert "黑体" in styles


def test_a_folder_without_files_changes_nothing(tmp_path: Path) -> None:
    assert Press(tmp_path).document([LIST]) == Press().document([LIST])


def test_a_layout_of_the_former_kind_is_refused_and_the_new_place_named(tmp_path: Path) -> None:
    (tmp_path / "checklist.toml").write_text("[sizes]\nbody_pt = 12\n", "utf-8")
    with pytest.raises(TemplateError, match=r"official\.toml"):
        Press(tmp_path)


def test_a_closing_stands_below_the_table(tmp_path: Path) -> None:
    (tmp_path / WORDING_FILE).write_text("{% block closing %}签字:\n{{ unit }}{% endblock %}", "utf-8")
    content = body(Press(tmp_path).document([LIST]))
    below = [words(line) for line in content.find(f"{W}tbl").itersiblings(f"{W}p")]
    assert below[:2] == ["签字:", "省财政厅"]


def test_the_shipped_files_hold_every_block_and_nothing_else() -> None:
    named = re.findall(r"{% block (\w+) %}", shipped(WORDING_FILE).text)
    assert sorted(named) == sorted(BLOCKS)


def test_every_block_and_variable_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "checklists.md").read_text("utf-8")
    for block, names in BLOCKS.items():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{block}` |")]
        assert set(re.findall(r"`(\w+)`", line)) == {block, *names}


HOSTILE = {
    "attribute": "{{ unit.__class__.__mro__ }}",
    "subscript": "{{ unit['__class__'] }}",
    "filter attr": "{{ unit|attr('__class__') }}",
    "format": "{{ '{0.__class__}'.format(unit) }}",
    "call": "{{ unit() }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "range": "{% for i in range(10**9) %}x{% endfor %}",
    "nested loops": "{% for i in 'xxxxxxxxx' %}{% for j in 'xxxxxxxxx' %}x{% endfor %}{% endfor %}",
    "multiply": "{{ 'a' * 2000000000 }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "doubling": "{% set a = 'xx' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "call block": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import '/etc/passwd' as p %}",
    "extends": "{% extends '/etc/passwd' %}",
    "self": "{{ self._TemplateReference__context }}",
    "super": "{{ super() }}",
    "inner block": "{% block inner %}x{% endblock %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "huge number": "{{ " + "9" * 5000 + " }}",
    "deep parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep not": "{{ " + "not " * 5000 + "1 }}",
    "long sum": "{{ " + "1+" * 5000 + "1 }}",
    "deep if": "{% if total %}" * 200 + "x" + "{% endif %}" * 200,
    "unknown name": "{{ secret }}",
    "unclosed": "{{ unit ",
    "unknown filter": "{{ unit|nothing }}",
    "unknown test": "{{ unit is nothing }}",
    "number and text": "{{ total + unit }}",
    "comparison": "{{ total < unit }}",
}


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_or_broken_block_ends_in_one_message(payload: str) -> None:
    begun = time.process_time()
    with pytest.raises(TemplateError, match=r"\[E410\] own\.j2:?.*处理办法") as caught:
        title(f"\n{{% block title %}}{payload}{{% endblock %}}")
    assert time.process_time() - begun < 5
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{% block title %}\n甲\n{{ titel }}{% endblock %}", 3, "没有变量 titel"),
        ("\n\n{% block titel %}{% endblock %}", 3, "不认识的块 titel"),
        ("\n散落的文字", 2, "块以外有内容"),
        ("{% if unit %}甲{% endif %}", 1, "块以外有内容"),
        ("{% block title %}\n{{ unit }\n{% endblock %}", 2, "语法有误"),
        ("{% block title %}a{% endblock %}\n{% block title %}b{% endblock %}", 2, "title"),
        ("{% block title %}\n\n{{ year < unit }}{% endblock %}", 3, "填不出来"),
        ("{% block title %}\n{% if year %}\n{{ year + unit }}{% endif %}{% endblock %}", 3, "填不出来"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        title(text)
    assert caught.value.place == f"own.j2:{line}"
    assert words in caught.value.message


@given(st.text(st.sampled_from("{%}#-+ blockifendunitlese|.()[]'\"\n甲1*~=<"), max_size=60))
def test_no_template_text_ends_in_anything_but_words_or_an_error(text: str) -> None:
    outcome = ""
    try:
        outcome = title(f"{{% block title %}}{text}{{% endblock %}}")
    except TemplateError as error:
        outcome = error.place
    assert isinstance(outcome, str)
    assert len(outcome) <= 4 * len(text) + 20


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[page\n", 1, "不是正确的 TOML"),
        ("a = 1\n", 1, "不在任何表中"),
        ("[pages]\n", 1, "不认识的表"),
        ("[page]\n\nmargin = 3\n", 3, "应当是字体名"),
        ("[profile_a]\nmargin_up_mm = 3\n", 2, "不认识的项"),
        ("[profile_a]\nmargin_top_mm = -1\n", 2, "不在 0 到 297 之间"),
        ("[profile_a]\nmargin_top_mm = nan\n", 2, "不在 0 到 297 之间"),
        ("[profile_a]\nmargin_top_mm = true\n", 2, "不在 0 到 297 之间"),
        ('[page]\nprofile = "C"\n', 2, "不可用"),
        ("[sizes]\nbody_pt = 1\n", 2, "不在 4 到 144 之间"),
        ('[fonts]\nbody = ""\n', 2, "应当是字体名"),
        ('[fonts]\nbody = "a\\u0000"\n', 2, "应当是字体名"),
        ("[table]\nblank_up_to = 2\n", 2, "不在 0 到 1 之间"),
        ("a = " + "[" * 5000, None, "不是正确的 TOML"),
    ],
)
def test_a_mistake_in_the_layout_is_named_with_its_line(text: str, line: int | None, words: str) -> None:
    with pytest.raises(TemplateError, match=r"\[E410\].*处理办法") as caught:
        read_layout(shipped(LAYOUT_FILE), SourceText("own.toml", text))
    assert words in caught.value.message
    assert line is None or caught.value.place == f"own.toml:{line}"


def test_margins_that_leave_no_room_are_refused(tmp_path: Path) -> None:
    (tmp_path / LAYOUT_FILE).write_text("[profile_a]\nmargin_top_mm = 190\n", "utf-8")
    with pytest.raises(TemplateError, match="版心不足"):
        Press(tmp_path)


@pytest.mark.parametrize("name", [WORDING_FILE, LAYOUT_FILE])
def test_files_that_are_no_text_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"# a\n\xff\xfe")
    with pytest.raises(TemplateError, match="不是 UTF-8") as caught:
        Press(tmp_path)
    assert caught.value.place == f"{path}:2"
    path.write_bytes(b"#" * (LIMIT_BYTES + 1))
    with pytest.raises(TemplateError, match="超过 64 KB"):
        Press(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(TemplateError, match=r"不是普通文件|读不出来"):
        Press(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are tested on POSIX systems")
def test_a_pipe_or_a_device_does_not_hang_the_program(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / WORDING_FILE)
    with pytest.raises(TemplateError, match="不是普通文件"):
        Press(tmp_path)
    (tmp_path / WORDING_FILE).unlink()
    (tmp_path / WORDING_FILE).symlink_to("/dev/zero")
    with pytest.raises(TemplateError, match="不是普通文件"):
        Press(tmp_path)


def test_a_missing_folder_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="模板文件夹不存在"):
        write_checklist(LIST, tmp_path / "a.docx", templates=tmp_path / "none")
    assert not (tmp_path / "a.docx").exists()


def test_words_from_a_notice_are_never_taken_for_a_template() -> None:
    trick = "{{ unit.__class__ }}{% for x in y %}"
    assert trick in words(body(Press().document([Checklist(trick, (row(1, trick),))])))
