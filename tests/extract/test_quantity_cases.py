"""Quantities case by case: which figures are targets, what they count, and why the others are left out."""

from __future__ import annotations

import pytest
from duban.extract import parse_text
from duban.extract.language.quantities import Reading, read
from duban.extract.language.targets import Reason
from duban.model import Quantity
from duban.model.folding import fold

HEAD = "雁汀市人民政府关于印发重点工作方案的通知\n2021年4月27日\n一、任务\n"


def reading(sentence: str) -> Reading:
    return read(sentence, fold(sentence), 0, len(sentence))


def short(quantity: Quantity) -> str:
    """``新增水库=3座``; ``增长>=[2~]5%`` with baseline 2, strived for."""
    base = "" if quantity.baseline is None else f"[{quantity.baseline}]"
    upper = "" if quantity.upper is None else f"—{quantity.upper}"
    soft = "~soft" if quantity.soft else ""
    return f"{quantity.metric}{quantity.comparator}{base}{quantity.value}{upper}{quantity.unit}{soft}"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # comparators, from the words before and behind
        ("工业增加值增长7%。", "工业增加值增长=7%"),
        ("工业增加值增长7%以上。", "工业增加值增长>=7%"),
        ("工业增加值增长7%左右。", "工业增加值增长~7%"),
        ("登记失业率控制在4.5%以内。", "登记失业率<=4.5%"),
        ("抽查不少于300份。", "抽查>=300份"),
        ("处理率不低于95％。", "处理率>=95%"),
        ("企业数量突破2万个。", "企业数量>2万个"),
        ("支持比例不超过60%。", "支持比例<=60%"),
        ("建成水库10余座。", "建成水库>10座"),
        ("建成水库１５座。", "建成水库=15座"),
        # ranges
        ("新增医联体3—4个。", "新增医联体range3—4个"),
        ("新建数据中心5座-8座。", "新建数据中心range5—8座"),
        # measure words
        ("完成放流47亿尾。", "完成放流=47亿尾"),
        ("PM2.5平均浓度达到46微克/立方米。", "PM2.5平均浓度=46微克/立方米"),
        ("负债率下降3个百分点。", "负债率下降=3个百分点"),
        ("注册志愿者640万人以上。", "注册志愿者>=640万人"),
        ("优良天数指数达到85。", "优良天数指数=85"),
        # Chinese numerals and fractions
        ("完成“僵尸企业”处置任务的三分之二。", "完成“僵尸企业”处置任务=2/3"),
        ("利用率达到百分之八十五以上。", "利用率>=85%"),
        ("新建三十二座水库。", "新建水库=32座"),
        # several in a sentence
        ("产值增长5%,利润增长8%。", "产值增长=5% 利润增长=8%"),
        ("新增专业人才9万人、技能人才4万人。", "新增专业人才=9万人 新增技能人才=4万人"),
        ("机械化率分别达到并稳定在90%和85%。", "机械化率=90% 机械化率=85%"),
        ("货车通行分别实行9.5和8.7折。", "货车通行分别实行=9.5折 货车通行分别实行=8.7折"),
        ("抽查60家以上重点单位、20家以上一般单位。", "抽查重点单位>=60家 一般单位>=20家"),
        # the noun behind the figure
        ("建设35所特色高中。", "建设特色高中=35所"),
        ("组织200家以上企业参加展会。", "组织企业>=200家"),
        # baselines
        ("将办理时间由45天压缩到20天。", "办理时间=[45]20天"),
        ("起征点从10万元提高到15万元。", "起征点=[10]15万元"),
        ("总额由9000万元提高到1亿元。", "总额=[0.9]1亿元"),
        ("补助标准增加30元,提高到每人每年580元。", "补助标准增加=30元 补助标准=580元"),
        # hard and soft
        ("力争新增水库3座。", "新增水库=3座~soft"),
        ("力争产值增长5%,利润增长8%。建成水库3座。", "产值增长=5%~soft 利润增长=8%~soft 建成水库=3座"),
    ],
)
def test_what_is_a_target(sentence: str, expected: str) -> None:
    assert " ".join(map(short, reading(sentence).quantities)) == expected


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("2021年办好实事。", Reason.DATE),
        ("6月办好实事。", Reason.DATE),
        ("举办第24届活动。", Reason.ORDINAL),
        ("参加第130次会议。", Reason.ORDINAL),
        ("推进IPv6部署。", Reason.NAME),
        ("加快4G网络建设。", Reason.CLASS),
        ("服务民营企业500强。", Reason.CLASS),
        ("健全“1+N”体系。", Reason.QUOTED),
        ("落实“安排债券3.65万亿元”任务。", Reason.QUOTED),
        ("印发《雁汀行动(2021—2030年)》。", Reason.TITLE),
        ("贯彻雁政发〔2017〕文件。", Reason.TITLE),
        ("关停10吨以下燃煤锅炉。", Reason.THRESHOLD),
        ("建设500千伏工程。", Reason.THRESHOLD),
        ("对所得额不到100万元的部分减税。", Reason.THRESHOLD),
        ("全省14个市开展监测。", Reason.SCOPE),
        ("目前已建成水库20座。", Reason.STATUS),
        ("在批准后20个工作日内公开。", Reason.TIME_LIMIT),
        ("推进1890平台建设。", Reason.BARE),
        ("实施三项行动。", Reason.NAME),
    ],
)
def test_what_is_none_and_why(sentence: str, reason: Reason) -> None:
    read_as = reading(sentence)
    assert read_as.quantities == ()
    assert reason in {left.reason for left in read_as.left_out}


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("产值增长5%。", "up"),
        ("能耗降低3.2%。", "down"),
        ("失业率控制在4%以内。", "hold"),
        ("覆盖率达到80%。", None),
    ],
)
def test_the_direction(sentence: str, direction: str | None) -> None:
    (quantity,) = reading(sentence).quantities
    assert quantity.direction == direction


def task_of(statement: str) -> str:
    return f"{HEAD}1.{statement}（责任单位：市水务局）\n"


@pytest.mark.parametrize(("whole", "codes"), [("10", set()), ("11", {"N073"})])
def test_a_sum_that_is_wrong_is_told(whole: str, codes: set[str]) -> None:
    sentence = f"完成治理面积{whole}万亩。其中,雁东4.7万亩、雁西3.6万亩、汀南1.7万亩。"
    notice = parse_text(task_of(sentence))
    (quantity,) = notice.tasks[0].quantities
    assert [(s.party, s.value) for s in quantity.shares] == [
        ("雁东", "4.7"),
        ("雁西", "3.6"),
        ("汀南", "1.7"),
    ]
    assert all(s.span.of(notice.source.text) == f"{s.party}{s.value}{s.unit}" for s in quantity.shares)
    assert {d.code for d in notice.diagnostics if d.code.startswith(("N073", "N074"))} == codes


def test_an_allocation_in_a_measure_belongs_to_the_target_of_its_unit() -> None:
    text = (
        f"{HEAD}1.治水。（责任单位：市水务局）\n年度目标：①治理面积10万亩。②新建水库3座。\n"
        "落实措施：①完成建设。其中,雁东6万亩、雁西4万亩。\n"
    )
    notice = parse_text(text)
    (task,) = notice.tasks
    assert [len(q.shares) for item in task.targets for q in item.quantities] == [2, 0]
    assert [q for item in task.measures for q in item.quantities] == []
    lonely = parse_text(text.replace("10万亩", "全部"))
    assert "N074" in {d.code for d in lonely.diagnostics}


def test_where_quantities_stand_in_the_record() -> None:
    """On the task where it has no targets, else on targets and measures; nowhere when switched off."""
    plain = task_of("新建水库3座。")
    with_targets = (
        f"{HEAD}1.治水3座。（责任单位：市水务局）\n年度目标：①新建水库3座。\n落实措施：①检查5次以上。\n"
    )
    (task,) = parse_text(plain).tasks
    assert [short(q) for q in task.quantities] == ["新建水库=3座"]
    (task,) = parse_text(with_targets).tasks
    assert task.quantities == ()
    assert [short(q) for item in (*task.targets, *task.measures) for q in item.quantities] == (
        ["新建水库=3座", "检查>=5次"]
    )
