"""The second opinion: a lark LALR parser of the strict dialect, its findings in the shape of the oracle."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from duban.model import Role
from lark import Lark, Token, Tree
from notice_writer import ROLE_OF_KEY, ClauseFound, Found, ItemFound, Span, TaskFound

GRAMMAR = Path(__file__).with_name("strict.lark")

Branch = Tree[Token]


@cache
def strict_parser() -> Lark:
    """The parser of ``strict.lark``; every character of the input stands in one token of the tree."""
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        start="notice",
        parser="lalr",
        lexer="contextual",
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


def parse_strict(text: str) -> Branch:
    """Tree of a text in the strict dialect; a missing line end after the last line is completed.

    Raises ``lark.exceptions.UnexpectedInput`` where the text is not in the dialect.
    """
    return strict_parser().parse(text if text.endswith("\n") else text + "\n")


def tokens_of(tree: Branch) -> list[Token]:
    """All tokens of a tree, in reading order."""
    return list(tree.scan_values(lambda value: isinstance(value, Token)))


def rebuilt(tree: Branch) -> str:
    """The text that the tree's tokens spell."""
    return "".join(tokens_of(tree))


def _span(part: Branch | Token, offset: int) -> Span:
    tokens = [part] if isinstance(part, Token) else tokens_of(part)
    start, end = tokens[0].start_pos, tokens[-1].end_pos
    if start is None or end is None:
        raise ValueError(f"token without a position: {tokens}")
    return start + offset, end + offset


def _token(tree: Branch, kind: str) -> Token:
    found = next((part for part in tree.children if isinstance(part, Token) and part.type == kind), None)
    if found is None:
        raise ValueError(f"{tree.data} without {kind}")
    return found


def _branches(tree: Branch, kind: str) -> list[Branch]:
    return [part for part in tree.children if isinstance(part, Tree) and part.data == kind]


def _clause(tree: Branch, offset: int) -> ClauseFound:
    """A key holds until the next key; without one, a party is responsible."""
    role, parties = Role.RESPONSIBLE, []
    for party in _branches(tree, "party"):
        for token in tokens_of(party):
            if token.type == "KEY":
                role = ROLE_OF_KEY[token[:-1]]
            else:
                parties.append((str(token), str(role)))
    return ClauseFound(_span(tree, offset), tuple(parties))


def _item(tree: Branch, offset: int) -> ItemFound:
    first, clauses = tree.children[0], _branches(tree, "clause")
    return ItemFound(
        marker=str(first) if isinstance(first, Token) and first.type == "CIRCLED" else "",
        text=_span(_token(tree, "WORDS"), offset),
        clause=_clause(clauses[0], offset) if clauses else None,
    )


def _block(task: Branch, kind: str, offset: int) -> tuple[ItemFound, ...]:
    return tuple(_item(item, offset) for item in _branches(_branches(task, kind)[0], "item"))


def found_in_tree(tree: Branch, *, offset: int = 0) -> Found:
    """What the lark parser found; ``offset`` is where the parsed stretch begins in the whole text."""
    sections, tasks = [], []
    for part in (*_branches(tree, "section"), *_branches(tree, "table")):
        heading = _branches(part, "heading")[0]
        count = int(_token(heading, "COUNT")[1:-2])
        sections.append((str(_token(heading, "ORDINAL")), str(_token(heading, "TITLE")), count))
        tasks.extend(
            TaskFound(
                number=int(_token(task, "NUMBER")[:-1]),
                statement=_span(_token(task, "STATEMENT"), offset),
                clause=_clause(_branches(task, "clause")[0], offset),
                targets=_block(task, "targets", offset),
                measures=_block(task, "measures", offset),
            )
            for task in _branches(part, "task")
        )
        tasks.extend(
            TaskFound(
                number=int(_token(row, "ROW_NUMBER")),
                statement=_span(_token(row, "INDICATOR"), offset),
                clause=_clause(_branches(row, "cell")[0], offset),
            )
            for row in _branches(part, "row")
        )
    rosters = [roster for annex in _branches(tree, "annex") for roster in _branches(annex, "roster")]
    names = tuple(str(token) for roster in rosters for token in tokens_of(roster) if token.type == "NAME")
    return Found(tuple(sections), tuple(tasks), names)
