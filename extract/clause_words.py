"""The words of clauses: keys, verbs and remarks, as they stand between the names of a clause."""

from __future__ import annotations

from .lexer import BOXED_KEY, ROLE_KEY, TIME_KEY
from .names import NEST, WHOLE
from .patterns import pattern

#: What may follow a role verb: the next name, the next role, or the end.
_STOP = r"(?=[、,;。:)\]〕\s]|$|会同|等|和|与|并)"
#: 按照各自职责分工负责.
_BY_DUTY = (
    r"(?:按照?|根据|依据?|依照)(?:各自|部门|自身|相关|有关|工作)?的?"
    r"(?:职责|职能|职权|责任|分工|任务|权限|规定){1,6}(?:和?(?:任务|职责)?分工|范围)?"
    r"(?:抓好|做好|分别|共同|各自|具体|组织|分工){0,4}"
    r"(?:负责|落实|实施|推进|配合|抓落实|承担|执行|办理)?(?:落实|组织实施|实施|推进)?"
)
#: Role verbs. Words in a row are counted, lest a text of nothing else be looked at again from each of them.
_VERB = (
    rf"(?:{_BY_DUTY}"
    r"|(?:共同|分别|具体|联合|总|负责)?牵头(?:负责|落实|组织|实施|推进|抓总|办理|协调|抓好){0,4}"
    r"|(?:共同|分别|分工|具体|统筹|组织|主要|统一|联合|抓好){0,4}(?:负责|负总责|抓落实|主抓|抓总)"
    r"(?:落实|组织实施|实施|推进|指导|督办|协调|统筹)?"
    r"|(?:积极|协同|密切|协助|做好|共同|负责){0,4}配合(?:落实|实施|做好|推进|支持)?"
    r"|(?:落实|承担|负)(?:属地|主体|监管|管理|领导){1,2}责任"
    r"|(?:积极|给予|提供)?支持(?:配合)?|为(?:牵头|主责|责任|配合|参与|协办)(?:责任)?(?:单位|部门)"
    r"|(?:共同|协同|积极)?参与(?:落实|实施)?|协助|协办|主办|承办|(?:共同|分别|具体|组织|统一|分头|抓好){0,3}(?:组织实施|落实|承担|指导))"
)
#: A key whose colon is missing, at the head of a list: 牵头单位省财政厅, but not 牵头单位要….
_BARE_KEY = (
    r"(?:(?<=[,;。\s])|^)(?:牵头|配合|责任|参与|协办|主办)(?:责任)?(?:单位|部门)(?:为(?=[省市县区州国各])"
    r"| ?(?=[^按要应须、,;。)负为]))"
)
#: A remark that names nobody: 下同, 列第一位的为牵头单位, 排名第一…, 分别负责….
_NOTE = (
    r"(?:以下|下同|列在?(?:第一|首)|排(?:名|序|列)?在?(?:第一|首)|首位(?:单位|部门)?为"
    r"|(?:第一|首)[个位]?(?:责任)?(?:单位|部门)为|分别负责)[^;)]*"
)
#: Words before the first key or name: 注:责任单位:…, 以上任务责任单位:…, 以上工作由….
_HEAD = (
    r"^\s*(?:注:|(?:以上|上述)?(?:任务|工作|措施)?(?=(?:牵头|责任|配合)(?:责任)?(?:单位|部门))"
    r"|(?:(?:以上|上述|此|该|本)(?:[各几]?项)?(?:任务|工作|措施|事项|内容)?(?:均|分别|统一)?)?由)"
)
#: A key that names a person, who is no party: 责任领导:, 分管负责人:.
PERSON_KEY = r"(?:[\u4e00-\u9fff]{0,4}(?:领导|责任人|负责人|联系人|牵头人)) ?:"
#: All that is no part of a plain name; what stands between is one.
PART = pattern(
    rf"(?P<head>{_HEAD})|"
    rf"(?P<boxkey>{BOXED_KEY})"
    rf"|(?P<nest>(?!<br){NEST})"
    rf"|(?P<whole>{WHOLE})"
    rf"|(?P<key>{ROLE_KEY}|{_BARE_KEY})"
    rf"|(?P<note>{_NOTE})"
    rf"|(?P<time>{TIME_KEY}[^;。)]*)"
    rf"|(?P<person>{PERSON_KEY}[^,;。)]*)"
    rf"|(?P<verb>{_VERB}{_STOP})"
    r"|(?P<join>会同|协调(?=[省市县区州国各中人]))"
    r"|(?P<etc>(?<![高初中平均])等(?!级|教育|院校|学校|职业|专科))"
    r"|(?P<sep>[、,;。:/★☆*]|<br ?/?>)"
)
#: A bracket behind a name that tells its role and is no part of it: 市发展改革委(牵头).
ROLE_NOTE = pattern(
    r"[(〔\[](?:按照?(?:各自)?职责(?:分工)?(?:负责)?|牵头|牵头单位|牵头部门|主责|配合|配合单位|协助|参与|责任|责任单位)[)〕\]]"
)
#: A bracket behind a name that tells a person: 市数据局(责任领导:张三).
PERSON_NOTE = pattern(r"[(〔\[](?:[\u4e00-\u9fff]{0,4}(?:领导|责任人|负责人|联系人)|电话) ?:")
