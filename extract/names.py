"""Names: what the names of units and groups look like, and which role a word gives."""

from __future__ import annotations

from ..model import PartyKind, Role
from .page import without_blanks
from .patterns import pattern

#: A bracket inside a name, one more bracket inside it at most: 各市、县（市、区）人民政府.
_OPEN, _INNER, _CLOSE = r"[(\[〔〈<]", r"[^()\[\]〔〕〈〉<>]*", r"[)\]〕〉>]"
NEST = f"{_OPEN}{_INNER}(?:{_OPEN}{_INNER}{_CLOSE}{_INNER})*{_CLOSE}"
#: Names with a joint inside: 各市、县…, 各乡镇、街道…, …党委和政府, …党工委、管委会.
WHOLE = (
    r"各(?:设区)?[市区县州盟旗](?:、(?:自治)?[县区市旗州])+|各乡?镇、(?:乡|街道)(?:办事处)?(?=$|[、,;。)])"
    r"|党委(?:、|和|及)(?:人民)?政府|党工委(?:、|和|及)管委会"
)
#: A unit's name is seldom longer; what is longer is prose.
LONGEST_NAME = 42

# Ends that only units and groups have (省财政厅, 大连海关, 各市): sure enough to cut a list behind.
_STRONG_TAIL = pattern(
    r"(?:厅|局|委|办|部|院|署|银行|支行|分行|总行|政府|公司|集团|中心|单位|部门|企业|机构|委员会|办公室|协会|商会"
    r"|联合会|管委会|总会|海关|大学|学院|行署|管理处|地区|区县|县区|市县|各[市县区州]|专班|小组|指挥部|残联|妇联"
    r"|工商联|社科联|科协|文联|开发区|高新区|经开区|示范区|新区|供销社|成员单位|人民银行|监会|工会|中央|办事处|分局|支队|总队|[)\]〕〉>])$"
)
# Ends that units and groups may have, with brackets behind: 市住建局〈市人防办〉, 团市委.
_TAIL = pattern(
    r"(?:厅|局|委|办|部|院|署|行|会|社|处|站|所|队|库|台|馆|校|园|中心|公司|集团|大学|政府|法院|海关|团|联|协|部门"
    r"|单位|企业|机构|高校|院校|专班|小组|指挥部|区|港|地区|各地|街道|乡镇|镇街|村|镇|乡|县|市|州|盟|旗|省|组织|媒体"
    r"|主体|平台|行署|班|室|厂|库|军|警|者|科|股|会议|运营商|[城交水农文国]投|供电|监狱|公会|中央)"
    r"(?:\([^)]*\)|〔[^〕]*〕|\[[^\]]*\]|〈[^〉]*〉|<[^>]*>)*$"
)
# Names that mean several bodies: 各市人民政府, 有关部门, 成员单位, 16个行业主管部门.
_GROUP = pattern(
    r"各|有关|相关|成员单位|^(?:其他|其它|全体|所有|部分)|属地|^沿[\u4e00-\u9fff]|^\d+[个家]|^[一二三四五六七八九十]+[个家]"
    r"|(?:行业|业务|职能|承办|使用|建设|用人|项目)(?:主管)?(?:部门|单位)$"
    r"|^(?:行业|市|县|省|区)?(?:级|直)?(?:主管)?(?:部门|单位)$|^[省市县区]属[^\d]{0,4}企业|^(?:市县|县区|区县|县市区|乡镇|盟市|旗县)"
)
_LEAD = pattern("牵头")
_COOPERATING = pattern("配合|参与|参加|协办|协助|协同|协作|支持")


def role_of(words: str) -> Role:
    """The role that a key or verb gives (contract §4)."""
    words = without_blanks(words)
    if _LEAD.search(words):
        return Role.LEAD
    if _COOPERATING.search(words):
        return Role.COOPERATING
    return Role.RESPONSIBLE


def kind_of(name: str) -> PartyKind:
    """Unit or group, told by the wording of a folded name."""
    return PartyKind.GROUP if _GROUP.search(name) else PartyKind.UNIT


def looks_like_party(name: str) -> bool:
    """Whether a folded name ends as units and groups do and is short enough to be one."""
    bare = without_blanks(name)
    return 2 <= len(bare) <= LONGEST_NAME and _TAIL.search(bare) is not None and "。" not in bare


def ends_as_unit(name: str) -> bool:
    """Whether a folded name ends with a word that only units and groups end with (厅, 局, 海关, 管委会)."""
    return _STRONG_TAIL.search(name) is not None
