"""Which dates are deadlines: by when something is to be done, and not history, window, name or condition."""

from __future__ import annotations

import re

from .deadline_words import Period, Stretch
from .patterns import pattern

# Words before the end of a window or validity: 有效期至, 申报时间为, 自…之日起至, 截至.
_WINDOW_BEFORE = pattern(
    r"(?:之日起|年|月|日|起|始|自|从|现)(?:至|到|—|-|~)$|期限?(?:延长|顺延|截止)?(?:至|到|为|截止)$"
    r"|有效期(?:限)?(?:为|至|到|:)?[^,。;]{0,12}$|(?:执行|受理|申报|活动|政策)(?:期限?|时间)[^,。;]{0,10}$"
    r"|(?:截至|截止到?)$"
)
# Words before the first day of a range: 自2021年5月1日起至.
_RANGE_START = pattern(r"(?:自|从)[^,。;]{0,8}$|起至$|日至$")
# A date that tells which ones: 2024年3月31日之前供应的地块, 年底前出台.
_CONDITION_AFTER = pattern(
    r"[^,。;:]{0,40}?的(?=[,。;:、)])"
    r"|(?:应|需|须)?[^,。;:]{1,8}的(?=职工|企业|个人|项目|地块|住|房屋|人员|购房|家庭|正常)"
    r"|(?:已|尚)?(?:出台|印发|发布|施行|执行|成交|供应|竣工|签订|取得|购买|缴清|交付|备案|登记)的"
)
# 2025年12月31日前,对…给予…: a window in which somebody benefits.
_FOR_THOSE = pattern(
    r",?(?:对|凡|可|购买|新购)[^。]{0,90}(?:给予|补贴|补助|免征|减征|减按|退还|退税|抵减|免收|免缴|减免|奖励|享受|优惠|申领|缓缴|可)"
)
# Words before a year of the past: 较2020年, 《…2020年, 自2020年.
_HISTORY_BEFORE = pattern(
    r"(?:较|比|于|高于|低于|超过|不低于|自|从|截至|《[^》]*|〔[^〕]*|对|以|按|与|和|在|每年)$"
)
# Words behind a year that is part of a name: 2021年以来, 2021年版, 2021年工作要点.
_NAME_AFTER = pattern(
    r"(?:以来|版|度?(?:计划(?!新|建|完成|实施|开|安排|投|改)|预算|工作要点|政府工作报告|国务院)|〔|\)》|》|第\d+号|以后|之后|及以后|[—–\-~]20)"
)
# What is planned for a quarter or half year: 建成, 全覆盖, a figure.
_PLAN_AFTER = pattern(
    r"[,，]?[^。;]{0,48}?(?:\d(?![\d]*(?:号|年|月|日))|翻番|全覆盖|全面|基本|实现|形成|建成|完成|达到|力争|培育|建立"
    r"|初步|全部(?:开工|投用|投产|投入|启[动用]|到位|落实|拆除|取缔|覆盖|清零|整改|销号))"
)
# What is done at a time: 6月启动.
_DONE_AFTER = pattern(
    r",?(?:发放|投产|上线|完成|建成|实现|启动|开工|投用|竣工|印发|出台|召开|举办|开展|组织|制定|公布)"
)
# What is done in a year: 2025年建成投用, 2025年全面完成.
_BUILT_AFTER = pattern(
    r",?(?:(?:力争|确保|计划|争取|全面|全部|基本){0,2}(?:建成|投用|投产|竣工)|(?:全面|全部|基本)完成)"
    r"(?![^,。;]{0,24}的(?:项目|企业|任务|地区|单位))"
)
# 第四季度对各地区开展督查.
_DONE_SOON = pattern(
    r"[^,。;:]{0,12}?(?:开展|组织|召开|举办|进行|完成|督查|检查|调研|考核|评估|通报|总结|调度)"
)
# 5月10日开工建设的项目: the date tells which ones.
_WHICH = pattern(r"[^,。;:]{2,10}的(?:项目|企业|单位|工程|人员|地区)")
# 年度内盘活的用地.
_OF_THOSE = pattern(r"[^,。;:]{1,10}的")
# A quantity to be reached in a year: 2023年…新增10万人, 建设三个.
_NUMBER_AFTER = pattern(
    r"(?:(?!,[到至]?20\d\d ?年)[^。;]){0,60}?(?:(?<![〔\[(\d])\d[\d.]* ?(?:万|亿|千|百|多|余)*"
    r"(?![\d.年月日号、—\-~〕\])])[\u4e00-\u9fff%]"
    r"|[一二三四五六七八九十百千两]+(?:万|亿|千|百)?(?:个|家|户|人|项|%|元|亩|公里|套|场|座|台|吨|斤|辆|批|所|名|处|次"
    r"|年以|平方|立方|千瓦|公顷|支|条|件|种|只|头|张|倍|以上|左右))"
)
# 确定2021年4个项目县, 预测2021—2025年…: the year belongs to the noun.
_OF_A_YEAR = pattern(r"(?:确定|完成|开展|做好|组织|印发|总结|下达|预测|形成|报送|梳理)$")
#: No title that a date may stand in is longer, in characters.
_LONGEST_TITLE = 300


def plans(stretch: Stretch, at: int) -> bool:
    """Whether what stands at ``at`` tells of something to be reached."""
    return _PLAN_AFTER.match(stretch.folded, at, stretch.end) is not None


def counts(stretch: Stretch, at: int) -> bool:
    """Whether what stands at ``at`` tells of a quantity."""
    return _NUMBER_AFTER.match(stretch.folded, at, stretch.end) is not None


def dates_work(match: re.Match[str], period: Period, stretch: Stretch) -> bool:
    """Whether a match of ``DATE`` says by when something is to be done."""
    at, stop = match.span()
    prefix = match["prefix"] or ""
    lead = stretch.folded[max(stretch.start, at - 16) : at]
    to_a_day = prefix == "到" and not lead.endswith(("起", "日", "月", "年"))
    if _WINDOW_BEFORE.search(lead + prefix) and not to_a_day:
        return False
    heads_measure = stretch.is_measure and at == stretch.start and bool(match["month"])
    if _is_past(period, stretch, heads_measure=stretch.is_measure and at == stretch.start):
        return False
    if _NAME_AFTER.match(stretch.folded, stop) or _in_title(stretch, at):
        return False
    if match["before"]:
        return not (
            lead.endswith(("对", "凡"))  # 对2022年3月底前批准,尚未动工的项目
            or _RANGE_START.search(lead)
            or ((match["day"] or prefix) and _FOR_THOSE.match(stretch.folded, stop, stretch.end))
            or _CONDITION_AFTER.match(stretch.folded, stop, stretch.end)
        )
    if prefix == "至":
        return lead[-2:] in ("推迟", "延长") or not lead or lead[-1] in ",。;"
    return prefix == "到" or heads_measure or _is_planned(match, lead, stretch)


def _is_past(period: Period, stretch: Stretch, *, heads_measure: bool) -> bool:
    """Whether the day is before the notice's own; a date that heads a measure may have begun already."""
    year, issued_on, told = stretch.calendar
    if period.due is None:
        return False
    if told and year is not None and int(period.due[:4]) < year:
        return True
    return issued_on is not None and period.due < issued_on and not heads_measure


def _is_planned(match: re.Match[str], lead: str, stretch: Stretch) -> bool:
    """Whether a date without 前 and 到 dates what follows it: 6月底, 一季度完成, 2023年新增10万人."""
    folded, stop, end = stretch.folded, match.end(), stretch.end
    if match["part"] in ("底", "末") or match["qend"] or match["yend"]:
        return True
    if match["within"]:
        return not _OF_THOSE.match(folded, stop, end)
    if match["quarter"] or match["half"]:
        if _HISTORY_BEFORE.search(lead):
            return False
        planned = plans(stretch, stop) or _DONE_AFTER.match(folded, stop, end) is not None
        planned = planned or (stretch.is_measure and _DONE_SOON.match(folded, stop, end) is not None)
        return planned and not folded.startswith("经济", stop)
    if match["month2"]:
        window = match["year2"] and _FOR_THOSE.match(folded, stop, end)
        return _HISTORY_BEFORE.search(lead) is None and not window
    if match["month"]:
        return _DONE_AFTER.match(folded, stop, end) is not None and not _WHICH.match(folded, stop, end)
    if match["year"] is None or _HISTORY_BEFORE.search(lead):
        return False
    if stretch.is_measure and _OF_A_YEAR.search(lead):
        return False
    if folded.startswith(("度", "的"), stop):
        return False
    return counts(stretch, stop) or _BUILT_AFTER.match(folded, stop, end) is not None


def _in_title(stretch: Stretch, at: int) -> bool:
    """Whether a bracket of a title, 《 or (20, is open at ``at``."""
    folded, lowest = stretch.folded, max(stretch.start, at - _LONGEST_TITLE)
    opened = max(folded.rfind("《", lowest, at), folded.rfind("(20", lowest, at))
    closed = max(folded.rfind("》", lowest, at), folded.rfind(")", lowest, at))
    return opened > closed
