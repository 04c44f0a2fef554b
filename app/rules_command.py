"""`duban rules draft NOTICE` and `duban rules check PACK`."""

from __future__ import annotations

import argparse
from hashlib import sha256

from ..extract import parse
from ..model.errors import RulesError
from ..score.draft import draft_pack
from ..score.pack import RulePack
from ..score.pack_file import load_pack
from .console import put, say
from .corpus import corpus_folder
from .files import read
from .notice_file import notice_file, source_of
from .rule_packs import read_text, travelling


def rules(options: argparse.Namespace) -> int:
    """Draft a pack, or check one; exit status 1 where a person has to look (gaps, quotes that do not stand
    there)."""
    if options.action == "draft":
        file = notice_file(options.file)
        notice = parse(source_of(file))
        text = draft_pack(notice)
        put(text.encode("utf-8", "replace"), options.output)
        try:
            gaps = load_pack(text, file.name).gaps
        except RulesError as error:  # what the notice says does not add up: a person has to mend the draft
            say(f"起草完成，但原文的规则不合：{error}")
            return 1
        say(f"{file.name}: 起草完成，{len(gaps)} 处须由人补上" + ("：" if gaps else ""))
        for gap in gaps:
            say(f"  {gap}")
        return 1 if gaps else 0
    path = travelling().get(options.file)
    pack = load_pack(read_text(str(path) if path else options.file), options.file)
    faults = [f"空缺：{gap}" for gap in pack.gaps] + _quotes(options, pack)
    for fault in faults:
        say(f"{options.file}: {fault}")
    sentences = "".join(f"  {s.id}：{s.question} → {s.chosen}（{s.by}，{s.on}）\n" for s in pack.unclear)
    items = len(pack.under(pack.chosen()).items)
    counts = f"{len(pack.tracks)} 类对象，{items} 项加减分，{len(pack.unclear)} 处有不同读法"
    if pack.indicators:
        counts = f"{len(pack.indicators)} 项指标，{counts}"
    words = f"{pack.title}：{counts}\n"
    put((words + sentences).encode("utf-8", "replace"), options.output)
    return 1 if faults else 0


def _quotes(options: argparse.Namespace, pack: RulePack) -> list[str]:
    """Quotes that do not stand in the notice where the pack says; a notice that is not at hand is told."""
    name = (
        options.notice or next((str(p) for p in corpus_folder().rglob(pack.notice)), "")
        if pack.notice
        else options.notice
    )
    if not name:
        return ["引文没有核对：请用 --notice 写通知文件"]
    file = notice_file(name)
    raw = read(file)
    found = []
    if pack.sha256 and sha256(raw).hexdigest() != pack.sha256:
        found.append("通知不是起草规则时的那一份（sha256 不同）")
    text = source_of(file, raw=raw).text
    for clause in pack.clauses():
        if clause.span is not None and text[clause.span[0] : clause.span[1]] != clause.quote:
            found.append(f"引文不在第 {clause.span[0]} 字处：“{clause.quote}”")
    return found
