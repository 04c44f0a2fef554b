"""Which figures are targets, and why the others are none: dates, names, thresholds, what is already so.

Every figure that is left out keeps its reason, so that `duban explain` can show it.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

from ..patterns import pattern
from .figures import Figure


class Reason(StrEnum):
    """Why a figure is no target; the value is what a person reads."""

    DATE = "日期"
    ORDINAL = "序数"
    NAME = "名称的一部分"
    QUOTED = "引用的文字"
    TITLE = "文件名或文号"
    CLASS = "类别、型号或等级"
    SCOPE = "范围，不是目标"
    STATUS = "现状或已完成的数"
    RATE = "比率的基数"
    THRESHOLD = "条件或规格，不是目标"
    BASELINE = "基数，记在后面的目标值里"
    TIME_LIMIT = "办理期限"
    SHARE = "分解数，记在总数里"
    BARE = "没有计量单位"


# What may follow a number without measure word, and makes it a date.
_DATE_AFTER = pattern(r" ?(?:年|月|日|号(?!线)|时|点(?!位)|周年|世纪|季度|[〕\]]|·\d)")
_CLASS_AFTER = pattern(r" ?(?:类|级|型|号|强|线|版|届|代|岁|℃|度|条第?|款|x|X)|[A-Za-z+*]")
_NAME_BEFORE = pattern(r"[A-Za-z+·*#]-?$")
_ORDINAL = pattern(r"第[一二三四五六七八九十\d、至—\-]*$")
# Measure words of size and capacity: with a noun behind them they describe it (10吨以下锅炉).
_SIZE = pattern(
    r"(?:万|亿|千|百)*(?:吨|蒸吨|千瓦|万千瓦|兆瓦|千伏|千伏安|兆伏安|平方米|立方米|米|公里|元|美元|岁|人|MW|kW|亩|头|只|羽|张|床|床位|年)(?:/.*)?$"
)
_ALWAYS_SIZE = pattern(r"(?:千伏|千伏安|兆伏安|岁)$")
_BOUND = pattern(r"(?:及?以上|及?以下|以内|左右|级)$")
_NOUN = pattern(r"(?:的|级|规模的?|标准的?)?[\u4e00-\u9fffA-Za-z“]")
_CASE = pattern(
    r"的?(?:部分|企业|单位|项目|人员|家庭|职工|用户|住房|房屋|地块|村|学校|居民|罚款|法人|纳税人|锅炉|煤矿|机组|车辆|船舶|燃煤|小?微?企业|工程|线路|水库|河流|城市|县城|景区|用能)"
)
_HEADCOUNT = pattern(r"的?(?:企业|单位|村|学校|自然村|行政村|社区|家庭|景区|会议|场所)")
_CONDITION_BEFORE = pattern(
    r"(?:不到|不足|不满|未满|未达到|年满|满|年产|日产|单体|单笔|单个|每台|注册资本|总投资额?|投资额|年收入|年营业收入|年应纳税所得额)$"
)
_PROJECT_SIZE = pattern(r"[^,。;、]{0,14}(?:[新改扩续迁技][建改造扩]?建?)项目")
_AIM_BEFORE = pattern(
    r"(?:新增|新建|改建|建成|建设|完成|达到?|增加|减少|压减|实现|引进|投入|投资|安排|筹集|争取|发放|收取|改造|治理|推广|种植|造林|关停|淘汰|拆除"
    r"|培训|培育|增长|提高|盘活|化解|处置|到|至|突破|超过|以上|不少于|不低于|约|力争|确保|组织|对|给予|补助|奖励|提供|整治|恢复|修复|落实|形成|拥有|有|开展|收购|储备|流转|调减|确定|认定|选取|评选)(?:有|共|各|约|超|近)?$"
)
_SCOPE_BEFORE = pattern(
    r"(?:全省|全市|全国|全县|全区|全州|全自治区|我省|我市|我区|我县|全省共|全市共|所有|其余|剩余|上述|以上|前述|这|该)$"
)
_STATUS = pattern(
    r"(?:已(?:经)?(?:建成|完成|有|达到?|实现|培育|累计|出台|形成|认定|开展|发放)|现有|原有|目前|截至|截止|去年|上年度?|累计已|以来)"
)
_BASIS_AFTER = pattern(r"[^,。;]{0,20}的?基础上")
_RATE = pattern(r"每$")
_BASE_AFTER = pattern(
    r"(?:左右|以上|以下|以内)?,?(?:再|逐步|进一步|分别|平均|大幅|统一|均)?(?:压缩|压减|提高|增加|增长|降低|降|减少|减|缩短|缩减|提升|上升|升|下降|下调|上调|扩大|扩|精简|调整|调|增|延长|放宽|拓展)(?:到|至|为)"
)
# The words before a base when a comma follows it: 由45天,压缩到20天; 增加30元,提高到580元 has none.
_FROM = pattern(r"[由从自原]")
_TIME_UNIT = pattern(r"(?:个工作日|工作日|个自然日|天|个?小时|分钟|个月)$")
_TIME_AIM = pattern(
    r"压缩|缩短|减少|压减|控制|不超过|不得超过|提速|时限|时间|平均|缩减|提前|不少于|不低于|办结|周期|达到"
)
_RELATIVE = pattern(r"(?:后|之日起|起|内|前)$")
_WITHIN = pattern(r"(?:之?内|以内)")
_COUNTS = pattern(
    r"(?:新增|新建|建成|建设|培育|打造|组建|创建|完成|达到|引进|举办|开展|组织|选取|推广|认定|评选|遴选|布局|实施|改造|建立|设立|形成|支持|发展|推出|总结)$"
)
# 三项行动, 十项工程: numbered names, nothing to be counted.
_PROGRAMME = pattern(r"[\u4e00-\u9fff]{0,6}?(?:行动|工程|计划|机制|制度|任务|措施|清单)")
_QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』", "‘": "’"}


class Quotes:
    """The stretches inside quotation marks and titles, found once for a stretch of text."""

    __slots__ = ("_kinds", "_starts", "_stops")

    def __init__(self, folded: str, start: int, end: int) -> None:
        self._starts: list[int] = []
        self._stops: list[int] = []
        self._kinds: list[str] = []
        position = start
        while (match := _OPEN.search(folded, position, end)) is not None:
            stop = folded.find(_QUOTES[match.group()], match.end(), end)
            if stop < 0:
                position = match.end()
                continue
            self._starts.append(match.start())
            self._stops.append(stop)
            self._kinds.append(match.group())
            position = stop + 1

    def around(self, at: int) -> str:
        """The opening mark around a place, ``""`` where there is none."""
        index = bisect_right(self._starts, at) - 1
        return self._kinds[index] if index >= 0 and at < self._stops[index] else ""


_OPEN = pattern("[“《「『‘]")


def reason_of(figure: Figure, folded: str, clause_start: int, end: int, quotes: Quotes) -> Reason | None:
    """Why the figure is no target, judged from its clause; None where it is one."""
    mark = quotes.around(figure.at)
    if mark:
        return Reason.TITLE if mark == "《" else Reason.QUOTED
    lead = folded[max(clause_start, figure.at - 16) : figure.at]
    if figure.chinese:
        counted = figure.comparator != "=" or (
            _COUNTS.search(lead) and not _PROGRAMME.match(folded, figure.end, end)
        )
        return None if counted and not _ORDINAL.search(lead) else Reason.NAME
    if _ORDINAL.search(lead):
        return Reason.ORDINAL
    if lead.endswith(("〔", "[")):
        return Reason.TITLE
    if _NAME_BEFORE.search(lead):
        return Reason.NAME
    if not figure.unit:
        return _bare(figure, folded, lead, end)
    before = folded[max(clause_start, figure.start - 16) : figure.start]
    return _judge(figure, folded, (lead, before, folded[clause_start : figure.start]), end)


def _bare(figure: Figure, folded: str, lead: str, end: int) -> Reason | None:
    """A number without measure word counts only where an aim stands before it and the clause ends."""
    if figure.shared:
        return None
    if _DATE_AFTER.match(folded, figure.number_end, end):
        return Reason.DATE
    if _CLASS_AFTER.match(folded, figure.number_end, end):
        return Reason.CLASS
    aimed = lead.endswith(
        ("达到", "提高到", "控制在", "降到", "降至", "提升至", "不低于", "不高于", "超过", "达", "增加到")
    )
    ends = figure.end >= end or folded[figure.end] in ",。;、)\n"
    return (
        None if (aimed or figure.comparator != "=") and ends and "." + figure.value != lead else Reason.BARE
    )


def _judge(figure: Figure, folded: str, leads: tuple[str, str, str], end: int) -> Reason | None:
    lead, before, clause = leads
    unit, stop = figure.unit, figure.end
    is_rate = unit.startswith(("%", "‰", "个百分点", "百分点", "/"))
    if _RATE.search(lead):
        return Reason.RATE
    changed = _BASE_AFTER.match(folded, figure.number_end, end)
    if changed is not None and ("," not in changed.group() or _FROM.search(clause)):
        return Reason.BASELINE
    if not is_rate and _SCOPE_BEFORE.search(lead):
        return Reason.SCOPE
    if _STATUS.search(clause[-40:]) or _BASIS_AFTER.match(folded, stop, end):
        return Reason.STATUS
    if _TIME_UNIT.search(unit):
        if _TIME_AIM.search(clause[-40:]) and not _RELATIVE.search(before):
            return None
        return Reason.TIME_LIMIT
    if is_rate:
        return None
    if _CONDITION_BEFORE.search(before):
        return Reason.THRESHOLD
    if _PROJECT_SIZE.match(folded, stop, end) and not _AIM_BEFORE.search(before.removesuffix("增加")):
        return Reason.THRESHOLD
    return _described(figure, folded, before, end)


def _described(figure: Figure, folded: str, before: str, end: int) -> Reason | None:
    """10吨以下锅炉, 500千伏工程, 20人以上企业: a size that tells which ones."""
    stop = figure.end
    if not _SIZE.match(figure.unit) or not _NOUN.match(folded, stop, end):
        return None
    if _ALWAYS_SIZE.search(figure.unit):
        return Reason.THRESHOLD
    bounded = stop > figure.number_end
    if figure.unit.endswith("人"):
        return Reason.THRESHOLD if bounded and _HEADCOUNT.match(folded, stop, end) else None
    if bounded and figure.comparator in (">=", "<=") and _CASE.match(folded, stop, end):
        return Reason.THRESHOLD
    if folded.startswith("的", stop) and _CASE.match(folded, stop, end):
        return Reason.THRESHOLD
    return None if _AIM_BEFORE.search(before) or not bounded else Reason.THRESHOLD
