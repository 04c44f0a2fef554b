"""Options of `duban report` that say what stands about a document; light, for the help."""

from __future__ import annotations

import argparse


def frame_options(command: argparse.ArgumentParser) -> None:
    """The options of head, signature, note and imprint."""
    add = command.add_argument
    add(
        "--issuer",
        metavar="NAME",
        action="append",
        default=[],
        help="发文机关，联合行文可重复 / issuing office",
    )
    add("--number", metavar="NO", help="发文字号 / document number")
    add("--date", metavar="D", help="成文日期，2021-07-01 / date of the document")
    add("--to", metavar="U", action="append", default=[], help="主送机关 / addressee")
    add("--copy-to", metavar="U", action="append", default=[], help="抄送机关 / copies to")
    add("--form", choices=("general", "letter"), default="general", help="通常格式或信函 / form")
    add("--copy-number", metavar="N", help="份号 / number of the copy")
    add("--secrecy", metavar="S", help="密级和期限，机密★1年 / secrecy")
    add("--urgency", choices=("特急", "加急"), help="紧急程度 / urgency")
    add("--signer", metavar="NAME", action="append", default=[], help="签发人，上行文 / who signs, upward")
    seals = ("sealed", "unsealed", "stamped")
    add("--seal", choices=seals, default="sealed", help="加盖公章、不盖章、签名章 / how it is signed")
    add("--post", metavar="P", help="签名章：职务，省长 / the office of who signs")
    add("--signed-by", metavar="NAME", help="签名章：姓名 / whose signature stamp")
    add("--note", metavar="TEXT", help="附注，此件公开发布 / note below the date")
