"""A seeded writer of notices with realistic tasks: names with brackets, ①②, quantities, dates, roles."""

from __future__ import annotations

import random

from notice_writer import CIRCLED, ORDINALS, NoticeWriter

UNITS = (
    "省财政厅", "省税务局", "省发展改革委", "省工业和信息化厅", "省住房城乡建设厅",
    "省市场监管局", "省科技厅",
    "人民银行沈阳分行", "省金融监管局", "省生态环境厅", "省卫生健康委", "省人力资源社会保障厅", "省国资委",
    "省政府办公厅", "省公安厅", "省农业农村厅", "大连海关", "省通信管理局", "省机关事务局", "省教育厅",
    "省促进民营经济（中小企业）发展领导小组", "各市人民政府", "沈阳市人民政府", "省委宣传部", "省总工会",
)  # fmt: skip
VERBS = ("推进", "完善", "落实", "健全", "加快", "深化", "组织实施", "全面推行", "统筹")
THINGS = (
    "制度性减税政策", "“互联网+监管”", "“双随机、一公开”监管", "老旧小区改造（含加装电梯）",
    "《优化营商环境条例》",
    "高标准农田建设", "企业职工基本养老保险全国统筹", "“十四五”规划", "电价改革（一般工商业）",
    "科研诚信建设",
    "政务服务“跨省通办”", "5G网络建设", "黑臭水体治理", "国企改革三年行动",
)  # fmt: skip
FIGURES = ("增长6.5%以上", "达到100%", "不少于1200公里", "新增45万人", "压缩至20个工作日", "投资1.2亿元", "")
PARTS = 12
DATES = ("6月底前", "10月底前", "年底前", "9月底前", "")


def notice_text(tasks: int, *, seed: int) -> str:
    """A notice of so many tasks in twelve parts; numbers begin anew in each, as in many notices."""
    dice = random.Random(seed)
    writer = NoticeWriter("2021年重点工作任务落实措施\n")
    for part in range(PARTS):
        count = tasks // PARTS + (part < tasks % PARTS)
        writer.section(f"{dice.choice(VERBS)}第{ORDINALS[part]}领域改革", count)
        for number in range(1, count + 1):
            writer.task(number, statement(dice), roles(dice), brackets=dice.choice(("()", "（）")))
            writer.targets(items(dice, 3))
            writer.measures(items(dice, 8))
    return writer.written().text


def statement(dice: random.Random) -> str:
    """One or several sentences, some with figures and dates."""
    sentences = [
        f"{dice.choice(DATES)}{dice.choice(VERBS)}{dice.choice(THINGS)}，{dice.choice(VERBS)}{dice.choice(THINGS)}"
        f"{dice.choice(FIGURES)}。"
        for _ in range(dice.choice((1, 1, 2, 3)))
    ]
    return "".join(sentences)


def roles(dice: random.Random) -> list[tuple[str, list[str]]]:
    """The keys of a clause with their units: a lead with others, or those responsible alone."""
    names = dice.sample(UNITS, dice.choice((1, 2, 3, 5, 7)))
    if len(names) == 1 or dice.random() < 0.3:
        return [("责任单位", names)]
    cut = dice.randrange(1, len(names))
    rest = names[1:cut], names[cut:]
    found = [("牵头单位", names[:1]), ("责任单位", rest[0]), ("配合单位", rest[1])]
    return [(key, own) for key, own in found if own]


def items(dice: random.Random, most: int) -> list[tuple[str, str, list[str]]]:
    """Targets or measures: one without marker, or several with ①②."""
    count = dice.randint(1, most)
    found = []
    for at in range(count):
        words = f"{dice.choice(DATES)}{dice.choice(VERBS)}{dice.choice(THINGS)}{dice.choice(FIGURES)}。"
        names = dice.sample(UNITS, dice.choice((0, 1, 2)))
        found.append((CIRCLED[at] if count > 1 else "", words, names))
    return found
