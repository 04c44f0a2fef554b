"""The parser: bytes → Source → tokens that tile the text → outline → records.

Importing this room loads neither spaCy nor jieba.
"""

from .lexer import lex
from .pipeline import parse, parse_bytes, parse_text
from .reading import read_text, rebuild, text_source
from .tokens import Token, Tokens

__all__ = [
    "Token",
    "Tokens",
    "lex",
    "parse",
    "parse_bytes",
    "parse_text",
    "read_text",
    "rebuild",
    "text_source",
]
