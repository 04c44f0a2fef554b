"""Errors that a user may meet: each has a code, a place and a remedy; none ends in a traceback."""

from __future__ import annotations


class DubanError(Exception):
    """Root of all expected errors. ``str(error)`` is the Chinese message with place and remedy."""

    #: Stable code, documented in docs/diagnostics.md.
    code = "E000"
    #: Exit status of the command that meets it (contract §2).
    exit_status = 3

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        tail = f"。处理办法：{self.remedy}" if self.remedy else ""
        return f"[{self.code}] {head}{tail}"


class UsageError(DubanError):
    """The command was called with options that do not fit together."""

    code = "E100"
    exit_status = 2


class InputError(DubanError):
    """A file could not be read at all: missing, a folder, no rights, too large."""

    code = "E200"


class EncodingError(InputError):
    """The bytes are no text in any encoding that can be told."""

    code = "E210"


class BinaryError(InputError):
    """The file is not plain text."""

    code = "E211"


class EmptyError(InputError):
    """The file holds no characters."""

    code = "E212"


class TooLargeError(InputError):
    """The file is larger than the limit."""

    code = "E213"


class LedgerFileError(InputError):
    """A returned ledger is no file that this program exported, or not one that may be opened."""

    code = "E250"


class GoldError(InputError):
    """A gold file or a baseline is of no use: damaged, of another form, or its notice is not found."""

    code = "E290"


class DamagedError(InputError):
    """An office file is cut short, or a part of it is missing or broken."""

    code = "E220"


class InflatedError(InputError):
    """A file is small on disk and beyond the limits when unpacked, or has far too many parts."""

    code = "E221"


class EncryptedError(InputError):
    """The file is protected by a password."""

    code = "E222"


class ForbiddenXmlError(InputError):
    """XML with a DOCTYPE, by which entities and outside files could be drawn in, or in an odd encoding."""

    code = "E223"


class UnsafePackageError(InputError):
    """A package names a part twice, or by a path that leads out of it."""

    code = "E224"


class TooDeepError(InputError):
    """Elements are nested deeper than any document has them."""

    code = "E225"


class NoTextError(InputError):
    """The pages are pictures: there is no text to read."""

    code = "E230"


class ReadTimeoutError(InputError):
    """Reading took longer than the limit; the process that read was stopped."""

    code = "E231"


class ReadMemoryError(InputError):
    """Reading took more memory than the limit; the process that read was stopped."""

    code = "E232"


class ReadCrashError(InputError):
    """The process that read the file ended by itself."""

    code = "E233"


class ProgramMissingError(InputError):
    """Another program is needed for this format, and is not installed."""

    code = "E234"


class ConversionError(InputError):
    """The program that converts this format gave no result."""

    code = "E235"


class UnitFileError(InputError):
    """A unit directory (TOML or spreadsheet) cannot be read, or contradicts itself."""

    code = "E240"


class RegistryError(DubanError):
    """The registry could not be opened, read or written."""

    code = "E300"


class RegistryLockedError(RegistryError):
    """Another program holds the registry's write lock."""

    code = "E301"


class RegistryDamagedError(RegistryError):
    """The registry file is no database, or its pages are damaged."""

    code = "E302"


class RegistryFullError(RegistryError):
    """No space is left for the registry."""

    code = "E303"


class RegistryVersionError(RegistryError):
    """The registry was made by a newer program."""

    code = "E304"


class RegistryMissingError(RegistryError):
    """There is no registry yet at the place that was asked."""

    code = "E305"


class OutputError(DubanError):
    """A document could not be written."""

    code = "E400"


class OutputTargetError(OutputError):
    """The place for a document cannot be written: no rights, a folder where a file should be."""

    code = "E401"


class OutputFullError(OutputError):
    """No space is left for a document."""

    code = "E402"


class TemplateError(OutputError):
    """A wording template or a layout file is broken, or asks for more than wording."""

    code = "E410"


class ProofError(OutputError):
    """A document, read again, does not say what the registry says: it is not released."""

    code = "E420"


class ChartFontError(OutputError):
    """No installed font has the characters of a chart: the document is made without the picture."""

    code = "E430"


class RulesError(DubanError):
    """A rule pack is broken: weights that do not sum, an unknown method, a missing cap …"""

    code = "E600"


class InputsError(DubanError):
    """The inputs of a scoring do not fit the rule pack: a missing part, an unknown code, no number."""

    code = "E610"


class BallotError(InputsError):
    """A ballot is void or a ballot file is no such table; the place names the cell."""

    code = "E611"


class RoundError(DubanError):
    """A round of scores cannot be kept, changed or read: locked, altered from outside, wrong state."""

    code = "E620"


class TraceError(DubanError):
    """A score does not follow from its own trace: a bug of the program, nothing is put out."""

    code = "E630"


class ProgressError(DubanError):
    """A progress entry does not fit: no such task or entry, undone before, a date that is none."""

    code = "E700"
    exit_status = 1


class ClassifiedError(ProgressError):
    """A text or file is marked 秘密, 机密 or 绝密; nothing of it is kept."""

    code = "E701"


class StaleError(ProgressError):
    """The registry moved on since what is to be entered was made from it; nothing is stored."""

    code = "E702"
