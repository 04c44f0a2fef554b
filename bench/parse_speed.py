"""Parsing speed: the project's parser and lexer against lark LALR, parsimonious and a naive script.

``python -m bench.parse_speed`` from the top of the repository. Speeds are MB of UTF-8 per second of one
core; ratios travel better than the figures.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from duban.extract import parse_text
from duban.extract.folding import fold
from duban.extract.lexer import CN_DIGITS, MARKER_PATTERN, MEASURE_LABEL, ROLE_KEY, TARGET_LABEL, lex
from lark import Lark
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
_HAN = ("\u4e00", "\u9fff")
#: Han characters that may begin a marker inside a word; keys and labels never begin inside one.
_BEGINNERS = "第" + CN_DIGITS.replace("〇", "")


def _han_run() -> str:
    """A run of Han characters none of which begins a marker, as a character class."""
    ranges, low = [], ord(_HAN[0])
    for code in sorted(map(ord, _BEGINNERS)):
        ranges.append(f"{chr(low)}-{chr(code - 1)}" if low < code else "")
        low = code + 1
    return f"[{''.join(ranges)}{chr(low)}-{_HAN[1]}]+"


#: Text between tokens: a run of Han, a run of other characters that begin no token, or any one character.
_RUN = rf"{_han_run()}|[^\s()\[\]〔〕【】<>〈〉|0-9①-⓿❶-❿⒈-⒛㈠-㊿〇\u4e00-\u9fff]+"
_REST = r"[\s\S]"


def lark_token_tree() -> Callable[[str], object]:
    """lark LALR: lines of tokens, no structure; every character in the tree."""
    terminals = "\n".join(
        f"{name}.2: /{pattern.replace('/', chr(92) + '/')}/" for name, pattern in _RULES.items()
    )
    rest = " | ".join(name for name in (*_RULES, "RUN", "REST") if name != "NEWLINE")
    grammar = (
        f"start: line* last?\nline: piece* NEWLINE\nlast: piece+\n?piece: {rest}\n"
        f"{terminals}\nRUN.1: /{_RUN}/\nREST.0: /{_REST}/\n"
    )
    return Lark(grammar, parser="lalr", lexer="basic", keep_all_tokens=True, maybe_placeholders=False).parse


def parsimonious_token_tree() -> Callable[[str], object]:
    """parsimonious (PEG): a flat list of tokens."""
    names = (*_RULES, "RUN", "REST")
    patterns = (*_RULES.values(), _RUN, _REST)
    quoted = [pattern.replace('"', r"\"") for pattern in patterns]
    rules = "\n".join(f'{name} = ~r"{pattern}"' for name, pattern in zip(names, quoted, strict=True))
    return Grammar(f"document = token*\ntoken = {' / '.join(names)}\n{rules}\n").parse


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
    """All rows; lark's and parsimonious' texts are folded beforehand, in their favour."""
    text = NOTICE.read_text(encoding="utf-8")
    body = text[text.index(FIRST_HEADING) :].removesuffix("\n") + "\n"
    subjects: list[tuple[str, Callable[[str], object], str]] = [
        ("text → records, project parser", parse_text, text),
        ("text → tokens, project lexer", lex, text),
        ("text → token tree, lark LALR", lark_token_tree(), fold(text)),
        ("text → token tree, parsimonious", parsimonious_token_tree(), fold(text)),
        ("text → strict structure, lark LALR", lark_strict(), body),
        ("text → strings, naive script", naive.parse, text),
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
    ours, lexer, lark, peg, strict, script = speeds.values()
    rows += [
        ("project parser ÷ lark LALR token tree", ours / lark, "×"),
        ("project parser ÷ lark LALR strict grammar", ours / strict, "×"),
        ("project parser ÷ parsimonious token tree", ours / peg, "×"),
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
