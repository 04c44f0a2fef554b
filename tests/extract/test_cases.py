"""The grammar case by case: each layout that was met in real notices, in a line of invented text."""

from __future__ import annotations

import pytest
from duban.extract import parse_text
from duban.model import Evidence
from fixture_language import notice_of
from notice_writer import found_in
from short_forms import DATED, clause, parties, statements, tasks

UNITS = "责=市水务局、市教育局"
TWO = "1.建库。（责任单位：市水务局）\n2.办学。（责任单位：市教育局）\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # kinds of brackets, and mixtures of them
        ("（责任单位：市水务局、市教育局）", UNITS),
        ("(责任单位:市水务局、市教育局)", UNITS),
        ("（责任单位：市水务局、市教育局)", UNITS),
        ("〔责任单位：市水务局、市教育局〕", UNITS),
        ("[责任单位：市水务局、市教育局]", UNITS),
        ("【责任单位：市水务局、市教育局】", UNITS),
        ("（责任单位：市水务局、市教育局〕", UNITS),
        ("（责任单位：市水务局、\n市教育局）", UNITS),
        ("（责任\n单位：市水\n务局、市教\n育局）", UNITS),
        ("（责任单位：市水务局、\n— 3 —\n市教育局）", UNITS),
        ("（责任单位：市水务局、市教育局", UNITS),
        ("（责任单位：市水务局、市教育局。其他有关事项另行通知", UNITS),
        # keys and roles
        ("（市水务局、市教育局）", UNITS),
        ("（市水务局、市教育局负责）", UNITS),
        ("（市水务局、市教育局按职责分工负责）", UNITS),
        ("（市水务局、市教育局按照各自职责分工落实）", UNITS),
        ("（落实部门：市水务局、市教育局）", UNITS),
        ("（责任部门：市水务局；责任单位：市教育局）", UNITS),
        ("（牵头单位：市水务局；责任单位：市教育局）", "牵=市水务局 责=市教育局"),
        ("（牵头单位：市水务局，配合单位：市教育局、市财政局）", "牵=市水务局 配=市教育局、市财政局"),
        ("（牵头责任单位：市水务局；参与部门：市教育局）", "牵=市水务局 配=市教育局"),
        ("（牵头单位 市水务局 责任单位 市教育局）", "牵=市水务局 责=市教育局"),
        ("（市水务局牵头，市教育局配合）", "牵=市水务局 配=市教育局"),
        ("（市水务局牵头，市教育局参与）", "牵=市水务局 配=市教育局"),
        ("（市水务局牵头，市教育局按职责分工负责）", "牵=市水务局 责=市教育局"),
        ("（市水务局、市教育局牵头负责）", "牵=市水务局、市教育局"),
        ("（市水务局会同市教育局负责）", "责=市水务局 配=市教育局"),
        ("（市水务局牵头会同市教育局负责）", "牵=市水务局 配=市教育局"),
        ("（市水务局协调市教育局、市财政局落实）", "牵=市水务局 责=市教育局、市财政局"),
        ("（市水务局（牵头）、市教育局）", "牵=市水务局 责=市教育局"),
        ("（市水务局（牵头）、市教育局（配合））", "牵=市水务局 配=市教育局"),
        ("（注：责任单位：市水务局、市教育局）", UNITS),
        ("（市水务局牵头，完成时限：2025年底）", "牵=市水务局"),
        ("（责任领导：李四，责任单位：市水务局、市教育局）", UNITS),
        ("（以上任务责任单位：市水务局、市教育局）", UNITS),
        ("（责任单位：市水务局★、市教育局）", UNITS),
        ("（市水务局（按职责分工负责）、市教育局负责）", UNITS),
        ("（责任单位：市水务局；完成时限：2025年底）", "责=市水务局"),
        ("（市级牵头单位：市水务局；县级责任单位：各县人民政府）", "牵=市水务局 责=各县人民政府*"),
        ("（实施单位：市水务局；监管单位：市教育局）", UNITS),
        ("（市水务局负责牵头，市教育局负责配合）", "牵=市水务局 配=市教育局"),
        ("（市水务局为牵头单位，市教育局为配合单位）", "牵=市水务局 配=市教育局"),
        ("（市水务局牵头，市教育局落实属地管理责任）", "牵=市水务局 责=市教育局"),
        ("（市水务局负责，市教育局支持）", "责=市水务局 配=市教育局"),
        ("（以上任务由市水务局牵头，市教育局配合）", "牵=市水务局 配=市教育局"),
        # whom a verb behind a comma means
        ("（责任单位：市水务局，市教育局配合）", "责=市水务局 配=市教育局"),
        ("（市水务局、市财政局，市教育局配合）", "责=市水务局、市财政局 配=市教育局"),
        (
            "（牵头单位：市水务局；责任单位：市财政局，市教育局配合）",
            "牵=市水务局 责=市财政局 配=市教育局",
        ),
        ("（责任单位：市水务局牵头，市财政局，市教育局配合）", "牵=市水务局 配=市财政局、市教育局"),
        # words that say when
        ("（市水务局、市教育局负责，上半年完成）", UNITS),
        ("（市水务局、市教育局负责，三季度末前）", UNITS),
        ("（市水务局牵头，下半年启动，年底前建成）", "牵=市水务局"),
        ("（市水务局、市教育局负责，适时启动）", UNITS),
        ("（责任单位：市水务局（责任领导：李四）、市教育局）", UNITS),
        ("（责任单位及责任人：市水务局 张三、市教育局（李四））", UNITS),
        # names
        ("（责任单位：市水务局（市河长办）、市教育局）", "责=市水务局（市河长办）、市教育局"),
        ("（责任单位：市水务局〈市河长办〉、市教育局）", "责=市水务局〈市河长办〉、市教育局"),
        ("（责任单位：市水务局(市河长办)、市教育局）", "责=市水务局(市河长办)、市教育局"),
        ("（责任单位：市文化和旅游局、市教育局）", "责=市文化和旅游局、市教育局"),
        ("（责任单位：市水务局及市教育局）", UNITS),
        ("（责任单位：市水务局和市教育局）", UNITS),
        ("（责任单位：市水务局 市教育局）", UNITS),
        ("（责任单位：市水务局,市教育局）", UNITS),
        ("（责任单位：市发改委、水务局、司法局）", "责=市发改委、水务局、司法局"),
        ("（责任单位：市市场监管局、市市政公用局）", "责=市市场监管局、市市政公用局"),
        ("（责任单位：市水　务　局、市教育局）", UNITS),
        ("（责任单位：市水务局、市教育局 .）", UNITS),
        ("（国网雁汀供电公司、人民银行雁汀分行负责）", "责=国网雁汀供电公司、人民银行雁汀分行"),
        # groups
        ("（责任单位：市水务局、各县人民政府）", "责=市水务局、各县人民政府*"),
        ("（责任单位：市水务局，各县（市、区）人民政府）", "责=市水务局、各县（市、区）人民政府*"),
        ("（责任单位：各县[市、区]人民政府）", "责=各县[市、区]人民政府*"),
        ("（责任单位：各市、县人民政府）", "责=各市、县人民政府*"),
        ("（责任单位：市水务局及各县区）", "责=市水务局、各县区*"),
        ("（责任单位：市水务局、市直有关部门、属地管委会）", "责=市水务局、市直有关部门*、属地管委会*"),
        ("（责任单位：市河长制成员单位）", "责=市河长制成员单位*"),
        ("（责任单位：各乡镇、街道，市教育局）", "责=各乡镇、街道*、市教育局"),
        ("（各县（市、区）党委和政府负责）", "责=各县（市、区）党委和政府*"),
        ("（责任单位：各县党委、政府，市教育局）", "责=各县党委、政府*、市教育局"),
        ("（责任单位：市委、市政府）", "责=市委、市政府"),
        ("（责任单位：东湖新区管委会）", "责=东湖新区管委会"),
        ("（责任单位：北山、东湖区人民政府）", "责=北山、东湖区人民政府"),
        # 等
        ("（市水务局等负责）", "责=市水务局"),
        ("（市水务局等部门负责）", "责=市水务局"),
        ("（市水务局、市教育局等单位按职责分工负责）", UNITS),
        ("（市水务局等国务院相关部门负责）", "责=市水务局、国务院相关部门*"),
        ("（市水务局等16个行业主管部门负责）", "责=市水务局、16个行业主管部门*"),
        # false friends
        ("（试行）", ""),
        ("（具体由市水务局另行规定）", ""),
        ("（各责任单位要按照时间节点要求抓好落实）", ""),
        ("（含市水务局）", ""),
        ("（详见市水务局网站）", ""),
        ("（2021年4月27日）", ""),
        ("（特急）", ""),
    ],
)
def test_a_clause_in_brackets(words: str, expected: str) -> None:
    assert clause(words) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "本方案由市水务局负责解释。",
        "各牵头部门要加强统筹，各责任单位要按照时间节点抓好落实。",
        "获评试点示范牵头单位，奖励50万元。",
        "支持龙头企业牵头组建联合体。",
        "由市水务局会同市教育局制定实施细则。",
        "本方案自印发之日起施行，有效期至2025年12月31日。",
        "以下均需地方落实，不再重复列出。",
        "具体工作由市水务局负责。",
        "办公室设在市水务局，市水务局牵头负责。",
        "市水务局牵头推进建库，市财政局配合。",
        "各县、各部门分工负责。",
        "市水务局负责。各县要抓好落实。",
        "扩大范围。工作覆盖县（市、区），牵头抓总。",
        "扩大范围。工作覆盖县（市、区）牵头抓总。",
    ],
)
def test_prose_that_speaks_of_responsibility_is_no_clause(sentence: str) -> None:
    assert tasks(f"1.{sentence}\n2.办学。（责任单位：市教育局）\n") == ["2. 责=市教育局"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # key lines
        ("1.建库。\n责任单位：市水务局、市教育局\n", ["1. " + UNITS]),
        ("1.建库。\n牵头单位：市水务局\n责任单位：市教育局\n", ["1. 牵=市水务局 责=市教育局"]),
        ("1.建库。\n\n牵头单位：市水务局\n\n配合单位：市教育局\n", ["1. 牵=市水务局 配=市教育局"]),
        (
            "1.建库。\n牵头单位：市水务局\n完成时限：6月底前\n责任单位：市教育局\n",
            ["1. 牵=市水务局 责=市教育局"],
        ),
        ("1.建库。责任单位：市水务局、市教育局。\n", ["1. " + UNITS]),
        ("1.建库。\n【责任单位】市水务局、市教育局\n", ["1. " + UNITS]),
        ("1.建库。\n【牵头单位】市水务局【责任单位】市教育局\n", ["1. 牵=市水务局 责=市教育局"]),
        ("1.建库。\n责任单位：市水务局、\n市教育局\n", ["1. " + UNITS]),
        ("1.建库。\n责任单位：市水务局\n市教育局\n", ["1. " + UNITS]),
        ("1.建库。\n责 任 单 位：市水务局、市教育局\n", ["1. " + UNITS]),
        ("1.建库。一是选址。二是动工。（责任单位：市水务局）\n", ["1. 责=市水务局"]),
        ("1.建库。\n主要措施：选址。\n责任单位：市水务局\n", ["1. 责=市水务局"]),
        ("1.建库\n（1）选址。\n（2）动工。\n（3）责任单位：市水务局\n", ["1. 责=市水务局"]),
        # a sentence of its own
        (
            "1.建库。由市水务局牵头，市财政局配合，6月底前完成。\n2.办学。市教育局负责。\n",
            ["1. 牵=市水务局 配=市财政局", "2. 责=市教育局"],
        ),
        ("1.建库。\n市水务局牵头，市财政局配合\n2.办学。\n", ["1. 牵=市水务局 配=市财政局"]),
        ("1.备灾。由市应急局牵头，市财政局配合。\n", ["1. 牵=市应急局 配=市财政局"]),
        (
            "1.建库。市水务局牵头。2.办学。市教育局会同市财政局负责。",
            ["1. 牵=市水务局", "2. 责=市教育局 配=市财政局"],
        ),
        (
            "一、水利\n1.建库。\n2.修渠。\n以上工作由市水务局牵头，市财政局配合。\n二、教育\n3.办学。市教育局负责。\n",
            ["一、1. ~牵=市水务局 ~配=市财政局", "一、2. ~牵=市水务局 ~配=市财政局", "二、3. 责=市教育局"],
        ),
        # a clause for a whole section
        (
            "一、水利（责任单位：市水务局）\n1.建库。\n2.修渠。\n",
            ["一、1. ~责=市水务局", "一、2. ~责=市水务局"],
        ),
        (
            "一、水利\n1.建库。\n2.修渠。\n责任单位：市水务局\n二、教育\n1.办学。\n2.建楼。\n责任单位：市教育局\n",
            ["一、1. ~责=市水务局", "一、2. ~责=市水务局", "二、1. ~责=市教育局", "二、2. ~责=市教育局"],
        ),
        (
            "一、水利\n（一）建库。\n（二）修渠。\n（责任单位：市水务局）\n",
            ["一、（一） ~责=市水务局", "一、（二） ~责=市水务局"],
        ),
        # several clauses in an item
        (
            "1.建库。（责任单位：市水务局）修渠。（责任单位：市财政局）\n",
            ["1. 责=市水务局、市财政局"],
        ),
        # an item with a clause of its own and items below with theirs
        (
            "一、水利\n（一）建库。（责任单位：市水务局）\n1.选址。（责任单位：市规划局）\n2.动工。（责任单位：市住建局）\n",
            ["一、（一） 责=市水务局", "一、（一）1. 责=市规划局", "一、（一）2. 责=市住建局"],
        ),
        # a clause behind the last of an item's details is the item's
        (
            "1.建库：（1）选址。（2）动工。（责任单位：市水务局）\n2.办学。（责任单位：市教育局）\n",
            ["1. 责=市水务局", "2. 责=市教育局"],
        ),
        (
            "一、水利\n（一）建库。（1）选址；（2）动工。其中：①开挖；②浇筑。（责任单位：市水务局）（二）修渠。（责任单位：市财政局）",
            ["一、（一） 责=市水务局", "一、（二） 责=市财政局"],
        ),
        (
            "1.建库。\n（1）选址。\n（2）动工。（责任单位：市水务局）\n2.办学。\n（1）招生。\n（2）建楼。（责任单位：市教育局）\n",
            ["1. 责=市水务局", "2. 责=市教育局"],
        ),
        # one list of several: the step's own
        ("1.建库。\n（1）选址。\n（2）动工。（责任单位：市水务局）\n", ["1.（2） 责=市水务局"]),
        # steps of an item, where others of its shape are tasks
        (
            "1.建库。\n（1）选址。\n（2）动工。\n（责任单位：市水务局）\n2.办学。（责任单位：市教育局）\n",
            ["1. 责=市水务局", "2. 责=市教育局"],
        ),
        (
            "一、村容\n（一）改厕。（责任单位：市水务局）\n（二）整治。\n1.清理。\n2.拆除。\n（责任单位：市住建局）\n",
            ["一、（一） 责=市水务局", "一、（二） 责=市住建局"],
        ),
        # before the items it is theirs
        (
            "一、村容\n（一）改厕。（责任单位：市水务局）\n（二）整治（责任单位：市住建局）\n1.清理。\n2.拆除。\n",
            ["一、（一） 责=市水务局", "一、（二）1. ~责=市住建局", "一、（二）2. ~责=市住建局"],
        ),
        # measures behind a label are no tasks
        (
            "一、漏水。\n责任单位：市水务局\n责任人：张三\n整改措施：\n（一）堵漏。\n（二）加固。\n"
            "二、缺学位。\n责任单位：市教育局\n整改措施：\n（一）建楼。\n",
            ["一、 责=市水务局", "二、 责=市教育局"],
        ),
        # paragraphs without a number
        (
            "建设一座水库。（责任单位：市水务局）\n办好一所学校。（责任单位：市教育局）\n",
            ["责=市水务局", "责=市教育局"],
        ),
    ],
)
def test_where_a_clause_stands_and_whom_it_serves(text: str, expected: list[str]) -> None:
    assert tasks(text) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位的为牵头单位，下同",
        "列在首位的单位为牵头单位，下同",
        "排名第一的为牵头部门，下同",
        "首位单位为牵头单位",
    ],
)
def test_the_first_party_leads_where_a_rule_says_so(rule: str) -> None:
    text = f"1.建库。（责任单位：市水务局、市财政局，{rule}）\n2.办学。（责任单位：市教育局、市财政局）\n"
    assert tasks(text) == ["1. ^牵=市水务局 责=市财政局", "2. ^牵=市教育局 责=市财政局"]


def test_the_rule_holds_from_its_place_on_and_yields_to_the_clauses_own_words() -> None:
    text = (
        "1.修渠。（责任单位：市水务局、市财政局）\n"
        "2.建库。（责任单位：市水务局、市财政局，列第一位的为牵头单位，下同）\n"
        "3.办学。（责任单位：市教育局；牵头单位：市财政局）\n"
        "4.植树。（配合单位：市林业局）\n"
    )
    assert tasks(text) == [
        "1. 责=市水务局、市财政局",
        "2. ^牵=市水务局 责=市财政局",
        "3. 责=市教育局 牵=市财政局",
        "4. 配=市林业局",
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (TWO, ["1.", "2."]),
        (TWO.replace(".", "．"), ["1．", "2．"]),
        (TWO.replace(".", "﹒"), ["1﹒", "2﹒"]),
        (TWO.replace(".", "、"), ["1、", "2、"]),
        (TWO.replace("1.", "（1）").replace("2.", "（2）"), ["（1）", "（2）"]),
        (TWO.replace("1.", "⑴").replace("2.", "⑵"), ["⑴", "⑵"]),
        (TWO.replace("1.", "⒈").replace("2.", "⒉"), ["⒈", "⒉"]),
        (TWO.replace("1.", "任务1：").replace("2.", "任务2："), ["任务1：", "任务2："]),
        (TWO.replace("1.", "问题一、").replace("2.", "问题二、"), ["问题一、", "问题二、"]),
        (TWO.replace("1.", "㈠").replace("2.", "㈡"), ["㈠", "㈡"]),
        (TWO.replace("1.", "第一条 ").replace("2.", "第二条 "), ["第一条", "第二条"]),
        (TWO.replace("1.", "　　1. "), ["1.", "2."]),
        ("一、甲\n" + TWO + "二、乙\n" + TWO, ["一、1.", "一、2.", "二、1.", "二、2."]),
        (
            "一、甲\n" + TWO + "二、乙\n" + TWO.replace("2.", "4.").replace("1.", "3."),
            ["一、1.", "一、2.", "二、3.", "二、4."],
        ),
        (
            "第一章 甲\n第一节 乙\n一、丙\n（一）丁\n" + TWO,
            ["第一章第一节一、（一）1.", "第一章第一节一、（一）2."],
        ),
        (
            "一、甲\n（一）乙\n" + TWO + "（二）丙\n" + TWO,
            ["一、（一）1.", "一、（一）2.", "一、（二）1.", "一、（二）2."],
        ),
        # the whole text on one line, the next number glued to the bracket
        ("一、甲1.建库。（责任单位：市水务局）2.办学。（责任单位：市教育局）", ["一、1.", "一、2."]),
        (
            "一、甲（一）加快建设1.建库。（责任单位：市水务局）2.办学。（责任单位：市教育局）",
            ["一、（一）1.", "一、（一）2."],
        ),
        # a number, then a year
        ("1.2025年底前建库。（责任单位：市水务局）\n2.2026年办学。（责任单位：市教育局）\n", ["1.", "2."]),
        # a box restarts the numbers: details of the item around it
        (
            "1.建库。（责任单位：市水务局）\n专栏1 水库\n1.大坝。\n2.闸门。\n"
            "2.办学。（责任单位：市教育局）\n",
            ["1.", "2."],
        ),
        (
            "1.建库。（责任单位：市水务局）专栏1 重点项目1.5G网络。2.光网。2.办学。（责任单位：市教育局）",
            ["1.", "2."],
        ),
        # an item without a number between numbered ones, and without a clause, is text
        ("1.建库。（责任单位：市水务局）\n注意安全。\n2.办学。（责任单位：市教育局）\n", ["1.", "2."]),
    ],
)
def test_numbers_in_all_their_shapes(text: str, paths: list[str]) -> None:
    assert ["".join(task.path) for task in parse_text(text).tasks] == paths


@pytest.mark.parametrize(
    "words",
    [
        "增长3.5%",
        "第2、3季度",
        "近二、三年",
        "GB/T 1.1",
        "按照（一）、（二）的要求",
        "第三、四批",
        "2021.5.1前",
    ],
)
def test_figures_that_number_nothing(words: str) -> None:
    text = f"1.{words}建库。（责任单位：市水务局）\n2.办学。（责任单位：市教育局）\n"
    assert statements(text) == [f"{words}建库。", "办学。"]


def test_a_list_may_be_long_as_long_as_it_goes_on() -> None:
    lines = "\n".join(f"{number}.建库{number}座。（市水务局）" for number in range(1, 461))
    notice = parse_text(f"一、水利\n{lines}\n980.另建一座。（市水务局）\n")
    assert [task.number for task in notice.tasks] == list(range(1, 461))


def test_a_statement_begins_behind_its_marker_and_ends_before_its_clause() -> None:
    text = "1.  建库。 （责任单位：市水务局）。\n2.办学，\n建楼。\n责任单位：市教育局\n"
    assert statements(text) == ["建库。", "办学，\n建楼。"]


def test_a_statement_ends_before_lines_that_name_persons_or_days() -> None:
    text = (
        "1.建库。\n责任领导：张三\n责任单位：市水务局\n责任人：李四\n完成时限：年底\n"
        "2.办学。\n责任单位：市教育局\n责任人：王五\n整改措施：建楼。\n"
    )
    assert statements(text) == ["建库。", "办学。"]


def test_a_line_of_the_tasks_own_ends_the_block_above() -> None:
    text = (
        f"{DATED}一、漏水。\n整改目标：不漏。\n整改时限：6月底前\n责任单位：市水务局\n整改措施：\n1.堵漏。\n2.加固。\n"
        "完成时间：长期\n"
    )
    (task,) = parse_text(text).tasks
    assert [item.text_span.of(text) for item in (*task.targets, *task.measures)] == [
        "不漏。",
        "堵漏。",
        "加固。",
    ]
    assert [found.text for found in task.deadlines] == ["6月底前", "长期"]
    assert task.span.of(text).endswith("完成时间：长期")


def test_closing_paragraphs_belong_to_no_task() -> None:
    text = TWO + "各地区、各部门要加强组织领导，确保落实到位。\n"
    assert parse_text(text).tasks[-1].span.of(text) == "2.办学。（责任单位：市教育局）"


def test_two_documents_in_one_file() -> None:
    text = (
        f"{DATED}一、甲\n1.建库。（责任单位：市水务局）\n2.修渠。（责任单位：市水务局）\n二、乙\n"
        "雁汀市人民政府\n2021年5月6日\n另一方案\n一、丙\n1.办学。（责任单位：市教育局）\n"
    )
    assert tasks(text) == ["一、1. 责=市水务局", "一、2. 责=市水务局", "一、1. 责=市教育局"]
    restart = "一、甲\n1.建库。（责任单位：市水务局）\n二、乙\n1.修渠。（责任单位：市水务局）\n"
    assert tasks(restart * 2) == ["一、1. 责=市水务局", "二、1. 责=市水务局"] * 2


def test_preamble_paragraphs_are_no_sections() -> None:
    text = (
        "各县人民政府：\n现将任务印发给你们。\n一、全力推进。各部门要抓紧。\n二、协同发力。牵头单位要统筹。\n"
        f"雁汀市人民政府\n2021年4月27日\n任务\n一、水利\n{TWO}"
    )
    assert [section.title for section in parse_text(text).sections] == ["水利"]


@pytest.mark.parametrize(
    "case",
    [
        "节(1)/务1(责:A)/目(x)/措(x)",
        "节(2)/务1(责:A,B)/目(①x(A)②y(B))/措(①z)/务2(牵:A;配:B,F)/目(x(A))/措(①x②y③z)",
        "节(1)/务1〔牵:A;配:H〕/目(①y②z)/措(x)",
        "节(1)/务1(责:E,G)/目(x)/措(①x(E)②y③z(G))",
        "表(2)/行1(A)/行2(B,F)/册(A,B,E)",
        "表甲(1)/行1(C)/表乙(2)/行2(D)/行3(E,F)",
    ],
)
def test_notices_of_the_fixture_language(case: str) -> None:
    written = notice_of(case)
    assert found_in(parse_text(written.text)) == written.found


def items(text: str) -> list[tuple[str, str, str]]:
    """Marker, wording and evidence of the measures."""
    (task,) = parse_text(text).tasks
    return [(item.marker, item.text_span.of(text), str(item.evidence)) for item in task.measures]


TENTH = "".join(f"{mark}办好。（市教育局）" for mark in "①②③④⑤⑥⑦⑧⑨⑩")


def test_items_behind_the_tenth_are_recovered_where_a_clause_closes_a_sentence() -> None:
    text = f"1.办学。（责任单位：市教育局）\n落实措施：{TENTH}建楼。（市财政局）招生。（市教育局）\n"
    assert items(text)[9:] == [
        ("⑩", "办好。", "quoted"),
        ("", "建楼。", "recovered"),
        ("", "招生。", "recovered"),
    ]


@pytest.mark.parametrize(
    ("measures", "count"),
    [
        ("①办好。（市教育局）建楼。（市财政局）", 1),  # before ⑩ no number is lost
        ("①办好。（市教育局）建楼。（市财政局）②招生。", 2),
        (f"{TENTH}⑪建楼。（市财政局）", 11),  # the numbers are there
        (
            TENTH.replace("⑩办好。（市教育局）", "⑩会同有关部门（市教育局）办好。（市财政局）"),
            10,
        ),  # inside a sentence
    ],
)
def test_nothing_is_recovered_where_no_number_was_lost(measures: str, count: int) -> None:
    text = f"1.办学。（责任单位：市教育局）\n落实措施：{measures}\n"
    assert len(items(text)) == count
    assert all(evidence == "quoted" for _, _, evidence in items(text))


def test_words_before_the_first_number_of_a_block_are_an_item_without_one() -> None:
    text = "1.办学。（责任单位：市教育局）\n落实措施：先选址。（市规划局）①建楼。（市财政局）②招生。\n"
    assert items(text) == [("", "先选址。", "quoted"), ("①", "建楼。", "quoted"), ("②", "招生。", "quoted")]


def test_items_without_a_clause_have_the_tasks_parties() -> None:
    text = "1.办学。（责任单位：市教育局）\n年度目标：①招生。②建楼。（市财政局）\n"
    (task,) = parse_text(text).tasks
    assert [parties(item.parties) for item in task.targets] == ["~责=市教育局", "责=市财政局"]
    assert task.targets[0].parties[0].evidence is Evidence.INHERITED


@pytest.mark.parametrize(
    ("heading", "title", "declared"),
    [
        ("一、水利（16项）", "水利", 16),
        ("一、水利(共23项)", "水利", 23),
        ("一、水利（25个）", "水利", 25),
        ("一、水利（含灌区）", "水利（含灌区）", None),
        ("一、水利。要全力推进。", "水利", None),
    ],
)
def test_headings(heading: str, title: str, declared: int | None) -> None:
    (section,) = parse_text(f"{heading}\n{TWO}").sections
    assert (section.title, section.declared_tasks, section.marker) == (title, declared, "一、")
