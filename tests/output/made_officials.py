"""Official documents of every kind for the tests of the layout."""

from __future__ import annotations

import datetime

from duban.output.official.document import (
    Attachment,
    Head,
    Imprint,
    OfficialDocument,
    Seal,
    Signature,
    Table,
)

DAY = datetime.date(2026, 1, 5)
#: A character that every Chinese font has, to fill pages with.
FULL = "中"
OFFICE = "某省人民政府办公厅"
WORDS = "各地区各部门要抓好“重点工作”落实……确保完成——不折不扣。"
IMPRINT = Imprint(OFFICE, DAY, ("省委各部门", "省军区", "省人大常委会办公厅", "省政协办公厅", "省法院"))
TABLE = Table(
    ("序号", "任务内容", "责任单位"),
    tuple((str(n), "任务" * 20, "省财政厅") for n in range(1, 41)),
    (1, 6, 2),
)
LEVELS = ("一、总体要求", WORDS, "（一）加强领导。" + WORDS, "1.分工。" + WORDS)

DOCUMENTS = {
    "downward": OfficialDocument(
        "关于分解落实2021年《政府工作报告》重点工作任务的通知",
        (FULL * 1500, *LEVELS),
        ("各市人民政府", "省政府各厅委、各直属机构"),
        Head((OFFICE,), "某政办发〔2026〕5号", copy="000001", secrecy="机密★1年", urgency="特急"),
        Signature(OFFICE, DAY),
        "此件公开发布",
        (Attachment("重点工作任务清单", (TABLE,)), Attachment("有关说明", LEVELS)),
        IMPRINT,
    ),
    "upward": OfficialDocument(
        "某省人民政府关于某项工作情况的报告",
        (WORDS,),
        ("国务院",),
        Head(("某省人民政府",), "某政〔2026〕15号", signers=("张三", "李四", "王五")),
        Signature("某省人民政府", DAY, Seal.UNSEALED),
        imprint=IMPRINT,
    ),
    "joint": OfficialDocument(
        "关于联合开展督查的通知",
        LEVELS,
        ("各市人民政府",),
        Head((OFFICE, "某省财政厅"), "某政办发〔2026〕6号"),
        Signature("王五", DAY, Seal.STAMPED, "省长"),
        imprint=IMPRINT,
    ),
    "plain": OfficialDocument("重点工作任务清单", LEVELS, signature=Signature(OFFICE, DAY)),
    "landscape": OfficialDocument(
        "关于印发任务清单的通知", LEVELS, attachments=(Attachment("任务清单", (TABLE,), landscape=True),)
    ),
    "lying": OfficialDocument(
        "某省人民政府办公厅关于印发任务清单的通知",
        LEVELS,
        ("各市人民政府",),
        Head((OFFICE,), "某政办发〔2026〕7号"),
        Signature(OFFICE, DAY),
        attachments=(Attachment("任务清单", (TABLE,), landscape=True),),
        imprint=IMPRINT,
    ),
}
