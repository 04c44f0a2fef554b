"""Coverage: how much of each file some rule took, and the kinds of lines taken without a task in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from duban.extract import parse_bytes, parse_text
from duban.model import Notice
from notices_at_hand import each_file

#: Files of which less is understood, and why; what is not is listed in ``unparsed``.
POORER = {"54_zhejiang-2025-zheshuziban2_shujuji": 0.35}  # a table whose cells the PDF broke by character
TASK = "一、水利\n1.建库。（责任单位：市水务局）\n"


def share(notice: Notice) -> float:
    """The share of the characters that are not blank outside ``unparsed``."""
    text = notice.source.text
    lost = sum(len("".join(span.of(text).split())) for span in notice.unparsed)
    return 1 - lost / len("".join(text.split()))


@each_file
def test_nearly_all_characters_belong_to_something(path: Path) -> None:
    notice = parse_bytes(path.read_bytes(), path.name)
    least = 0.995 if path.stem.startswith("liaoning") else POORER.get(path.stem, 0.97)
    assert share(notice) >= least


@pytest.mark.parametrize(
    "line",
    [
        '{\n"owner": "市水务局",\n}',
        "export default {\nindex: '1.1',\n},",
        "市委组织部: [\n{",
        "雁汀市人民政府办公室文件",
        "雁汀市水务局 雁汀市财政局 雁汀市林业局",
        "字号 大 中 小",
        ">政务公开 | >政府信息公开 | >履职依据 |",
    ],
)
def test_a_line_of_a_known_kind(line: str) -> None:
    assert parse_text(f"{line}\n{TASK}").unparsed == ()


@pytest.mark.parametrize(
    "line", ["看这里", "甲 | 乙", "note: 看这里", "41 金融服务 分析高质量 有限公司 新闻舆情等数据"]
)
def test_a_line_of_no_known_kind(line: str) -> None:
    notice = parse_text(f"{line}\n{TASK}")
    assert [span.of(notice.source.text) for span in notice.unparsed] == [line]


def test_a_sentence_broken_by_lines_is_one() -> None:
    broken = "现将工作方案印发给你们请结合本地本部门\n实际认真组织实施并将落实情况于年底\n前报市政府。\n"
    assert parse_text(broken + TASK).unparsed == ()
    (lost,) = parse_text(broken.replace("府。", "府") + TASK).unparsed
    assert lost.of(broken) == broken.replace("府。", "府").strip() or lost.end - lost.start == len(broken) - 2


def test_the_title_may_stand_twice() -> None:
    title = "雁汀市人民政府关于印发重点工作方案的通知\n"
    assert parse_text(f"{title}来源：市政府\n{title}各县人民政府：\n{TASK}").unparsed == ()
