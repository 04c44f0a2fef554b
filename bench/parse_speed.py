"""Parsing speed: the project's parser and lexer against lark LALR, parsimonious and a naive script.

``python -m bench.parse_speed`` from the top of the repository. Speeds are MB of UTF-8 per second of one
core; ratios travel better than the figures.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from duban.extract import parse as parse_source
from duban.extract import parse_text, text_source
from duban.extract.lexer import MARKER_PATTERN, MEASURE_LABEL, ROLE_KEY, TARGET_LABEL, lex
from duban.extract.parties import forget_readings
from duban.model.folding import fold
from lark import Lark, Token
from parsimonious.grammar import Grammar

from . import naive
from .timing import Row, markdown, median_seconds

ROOT = Path(__file__).parent.parent
NOTICE = ROOT / "corpus" / "liaoning" / "liaoning-2021-measures.txt"
STRICT_GRAMMAR = ROOT / "tests" / "grammar" / "strict.lark"
FIRST_HEADING = "一、保持宏观政策连续性"
FACTOR = 16

#: The token set of ``duban.extract.lexer``, for the two general tools. All patterns are on folded text.
_RULES = {
    "NEWLINE": r"\r\n|\r|\n",
    "BLANK": r"[ \t\f\v]+",
    "MARKER": MARKER_PATTERN,
    "OPEN": r"[(\[〔【<〈]",
    "CLOSE": r"[)\]〕】>〉]",
    "KEY": rf"(?<![\u4e00-\u9fff]){ROLE_KEY}",
    "LABEL": rf"(?<![\u4e00-\u9fff])(?:{TARGET_LABEL}|{MEASURE_LABEL})",
    "CELL": r"\|",
}
#: The lexer leaves separators to the clauses; a token set that has them is nearer to what a parser needs.
_SEPARATORS = {**_RULES, "SEPARATOR": "[、,;:。]"}


def _text_pattern(rules: dict[str, str], folded: str) -> str:
    """What stands between tokens, as one pattern: fast because fitted to the characters of ``folded``."""
    tokens = "|".join(f"(?:{pattern})" for pattern in rules.values())
    first = {match[0][0] for match in re.finditer(tokens, folded)}
    unsafe = "".join(rf"\u{ord(char):04x}" for char in sorted(first))
    return rf"(?:[^{unsafe}]+|(?!{tokens})[\s\S])+"


def lark_token_tree(rules: dict[str, str], folded: str) -> Lark:
    """lark LALR: lines of tokens, no structure; every character in the tree."""
    patterns = {**rules, "TEXT": _text_pattern(rules, folded)}
    terminals = "\n".join(
        f"{name}.{1 if name == 'TEXT' else 2}: /{pattern.replace('/', chr(92) + '/')}/"
        for name, pattern in patterns.items()
    )
    pieces = " | ".join(name for name in patterns if name != "NEWLINE")
    grammar = f"start: line* last?\nline: piece* NEWLINE\nlast: piece+\n?piece: {pieces}\n{terminals}\n"
    return Lark(grammar, parser="lalr", lexer="basic", keep_all_tokens=True, maybe_placeholders=False)


def parsimonious_token_tree(rules: dict[str, str], folded: str) -> Grammar:
    """parsimonious (PEG): a flat list of tokens."""
    patterns = {**rules, "TEXT": _text_pattern(rules, folded)}
    lines = "\n".join(f'{name} = ~r"{pattern}"' for name, pattern in patterns.items())
    return Grammar(f"document = token*\ntoken = {' / '.join(patterns)}\n{lines}\n")


def check_same_tokens(folded: str) -> None:
    """Raises ValueError unless all three cut the text at the same places."""
    ours = [token.start for token in lex(folded, folded)]
    tree = lark_token_tree(_RULES, folded).parse(folded)
    lark = [token.start_pos for token in tree.scan_values(lambda value: isinstance(value, Token))]
    peg = [node.start for node in parsimonious_token_tree(_RULES, folded).parse(folded).children]
    if not ours == lark == peg:
        raise ValueError("the token sets differ: " + ", ".join(str(len(cut)) for cut in (ours, lark, peg)))


def lark_strict() -> Callable[[str], object]:
    """lark LALR with the grammar of the strict dialect: the structure, from the first heading on."""
    parser = Lark(
        STRICT_GRAMMAR.read_text(encoding="utf-8"),
        start="notice",
        parser="lalr",
        lexer="contextual",
        keep_all_tokens=True,
        maybe_placeholders=False,
    )
    return parser.parse


def parse_afresh(text: str) -> object:
    """Parse as the first notice of a process is parsed: no clause is remembered from the run before.

    Structure, parties, deadlines and self-checks; quantities, which belong to the language part, left out.
    """
    forget_readings()
    return parse_source(text_source(text), language=False)


def parse_with_quantities(text: str) -> object:
    """The same with quantities, as ``duban parse`` does."""
    forget_readings()
    return parse_text(text)


def megabytes(text: str) -> float:
    return len(text.encode("utf-8")) / 1e6


def peak_memory(size: float = 10.0) -> float:
    """Peak resident memory in MB of a process of its own that parses ``size`` MB of the notice, repeated."""
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from duban.extract import parse_text\n"
        "text = Path(sys.argv[1]).read_text(encoding='utf-8')\n"
        "text *= round(float(sys.argv[2]) * 1e6 / len(text.encode('utf-8')))\n"
        "notice = parse_text(text)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(NOTICE), str(size)], check=True, capture_output=True, text=True
    )
    kilobyte = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB elsewhere
    return int(run.stdout) * kilobyte / 1e6


def run(*, runs: int = 5) -> list[Row]:
    """All rows. What lark and parsimonious get is folded beforehand, in their favour."""
    text = NOTICE.read_text(encoding="utf-8")
    body = text[text.index(FIRST_HEADING) :].removesuffix("\n") + "\n"
    folded = fold(text)
    check_same_tokens(folded)
    subjects: list[tuple[str, Callable[[str], object], str]] = [
        ("text → records, project parser", parse_afresh, text),
        ("text → records with quantities, project parser", parse_with_quantities, text),
        ("text → tokens, project lexer", lex, text),
        ("token tree, lark LALR", lark_token_tree(_RULES, folded).parse, folded),
        ("token tree with separators, lark LALR", lark_token_tree(_SEPARATORS, folded).parse, folded),
        ("token tree, parsimonious", parsimonious_token_tree(_RULES, folded).parse, folded),
        (
            "token tree with separators, parsimonious",
            parsimonious_token_tree(_SEPARATORS, folded).parse,
            folded,
        ),
        ("strict structure, lark LALR", lark_strict(), body),
        ("strings, naive script", naive.parse, text),
    ]
    speeds: dict[str, float] = {}
    growth: dict[str, float] = {}
    for name, parse, given in subjects:
        once = median_seconds(lambda: parse(given), runs=runs)  # noqa: B023 - called right here
        many = given * FACTOR
        big = median_seconds(lambda: parse(many), runs=runs)  # noqa: B023
        speeds[name] = megabytes(given) / once
        growth[name] = big / once
    rows: list[Row] = [(name, speed, "MB/s") for name, speed in speeds.items()]
    ours, whole, lexer, lark, lark_separators, peg, peg_separators, strict, script = speeds.values()
    rows += [
        ("project parser ÷ lark LALR token tree", ours / lark, "×"),
        ("project parser ÷ lark LALR token tree with separators", ours / lark_separators, "×"),
        (
            "project parser with quantities ÷ lark LALR token tree with separators",
            whole / lark_separators,
            "×",
        ),
        ("project parser ÷ parsimonious token tree", ours / peg, "×"),
        ("project parser ÷ parsimonious token tree with separators", ours / peg_separators, "×"),
        ("project parser ÷ lark LALR strict structure", ours / strict, "×"),
        ("project lexer ÷ lark LALR token tree", lexer / lark, "×"),
        ("naive script ÷ project parser", script / ours, "×"),
    ]
    first = next(iter(growth))
    rows.append((f"time of {FACTOR}× the text, {first}", growth[first], "× the time of 1×"))
    rows.append(("peak memory, 10 MB of text → records", peak_memory(), "MB"))
    return rows


def main() -> None:
    print(markdown(run()))


if __name__ == "__main__":
    main()
