"""The parser: bytes → Source → tokens → tree → records."""
