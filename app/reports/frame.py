"""What an office puts about a document: head, addressees, signature, note and imprint, from the options."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Iterator

from ...model.errors import UsageError
from ...output.official.document import Form, Head, Imprint, Seal, Signature
from ...output.official.tasks import Frame

#: 机密★1年 (7.2.2).
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★(?:\d+(?:年|个月)|长期))?")
_COPY = re.compile(r"\d{1,6}")
#: 辽政办发〔2021〕5号 (7.2.5); other brackets are put right.
_NUMBER = re.compile(r"(\S*[\u4e00-\u9fff])[〔\[(（【](\d{4})[〕\])）】]第?0*(\d+)号")


def frame_of(options: argparse.Namespace) -> Frame:
    """The frame that the options ask for. Raises UsageError where one lacks what it needs."""
    day = _day(options.date)
    for message, remedy in _faults(options):
        raise UsageError(message, remedy=remedy)
    issuers = tuple(options.issuer)
    head = _head(options, issuers) if options.number else None
    signature = _signature(options, issuers, day) if day and (issuers or options.signed_by) else None
    return Frame(
        head=head,
        addressees=tuple(options.to),
        signature=signature,
        imprint=Imprint(issuers[0], day, tuple(options.copy_to)) if head and day else None,
        note=_without_brackets(options.note or ""),
    )


def _faults(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """What is asked for and cannot be: message and remedy."""
    headed = [
        name
        for name, value in (
            ("份号 --copy-number", options.copy_number),
            ("密级 --secrecy", options.secrecy),
            ("紧急程度 --urgency", options.urgency),
            ("签发人 --signer", options.signer),
            ("信函格式 --form letter", options.form != "general"),
        )
        if value
    ]
    if options.number and not options.issuer:
        yield "有发文字号而没有发文机关", "请加上 --issuer 发文机关"
    if headed and not options.number:
        yield f"{headed[0]} 在版头里，要有版头", "请加上 --issuer 发文机关 和 --number 发文字号"
    if options.copy_to and not (options.issuer and options.date and options.number):
        yield "抄送在版记里，要有印发机关、文号和日期", "请加上 --issuer、--number 和 --date"
    if options.number and not _NUMBER.fullmatch(options.number):
        yield f"“{options.number}”不是发文字号", "请写成 某政办发〔2021〕5号 的形式"
    if options.form == "letter" and "函" not in (options.number or ""):
        yield "信函格式的发文字号用“函”字", "请写成 某政办函〔2021〕5号 的形式"
    if options.secrecy and not _SECRECY.fullmatch(options.secrecy):
        yield f"“{options.secrecy}”不是密级", "请写成 机密★1年 的形式"
    if options.secrecy and not options.copy_number:
        yield "涉密公文要有份号", "请加上 --copy-number 1"
    if options.copy_number and not _COPY.fullmatch(options.copy_number):
        yield f"“{options.copy_number}”不是份号", "请写 1 至 6 位数字"
    if options.seal == Seal.STAMPED and not (options.post and options.signed_by):
        yield "签名章要有职务和姓名", "请加上 --post 职务 和 --signed-by 姓名"
    if options.seal != Seal.STAMPED and (options.post or options.signed_by):
        yield "职务和姓名只用于签名章", "请加上 --seal stamped"
    if options.note and not options.date:
        yield "附注在成文日期之下，要有日期", "请加上 --issuer 和 --date"
    if options.date and not (options.issuer or options.signed_by):
        yield "有成文日期而没有署名", "请加上 --issuer 发文机关"
    if options.form == "letter" and len(options.issuer) > 1:
        yield "信函格式只有一个发文机关", "联合行文请用通常的格式"
    if options.form == "letter" and (options.copy_number or options.secrecy or options.urgency):
        yield "信函格式还不能标注份号、密级和紧急程度", "请用通常的格式，或在 Word 里加上"
    if len(options.issuer) != len(set(options.issuer)):
        yield "发文机关写重了", "每个机关写一次 --issuer"


def _day(date: str | None) -> datetime.date | None:
    from .job import iso_day

    return iso_day(date) if date else None


def _head(options: argparse.Namespace, issuers: tuple[str, ...]) -> Head:
    return Head(
        issuers,
        _NUMBER.sub(r"\1〔\2〕\3号", options.number),
        copy=options.copy_number.zfill(6) if options.copy_number else "",
        secrecy=options.secrecy or "",
        urgency=options.urgency or "",
        signers=tuple(options.signer),
        form=Form(options.form),
    )


def _signature(options: argparse.Namespace, issuers: tuple[str, ...], day: datetime.date) -> Signature:
    seal = Seal(options.seal)
    if seal is Seal.STAMPED:
        return Signature(options.signed_by, day, seal, options.post)
    return Signature(issuers[0], day, seal, others=issuers[1:])


def _without_brackets(note: str) -> str:
    """附注 without the brackets that are put about it."""
    note = note.strip()
    return note[1:-1] if note[:1] in "（(" and note[-1:] in "）)" and note else note
