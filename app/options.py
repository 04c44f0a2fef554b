"""Options of the commands. Help is in Chinese and English, one short line each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

Run = Callable[[argparse.Namespace], int]

_EXAMPLES = """\
例 / examples:
  duban ingest 通知.txt                      登记一份通知 / store a notice
  duban search --unit 省财政厅 --role lead   省财政厅牵头的任务 / tasks it leads
  duban checklist --all -o 责任清单/         每个单位一份责任清单 / a list for each unit
"""
_STATUS = (
    "退出码 / exit status: 0 完成 done · 1 需人工处理 needs a person · 2 用法错误 usage · 3 读不了 unreadable"
)
_ROLES = {
    "lead": "lead", "牵头": "lead", "cooperating": "cooperating", "配合": "cooperating",
    "responsible": "responsible", "责任": "responsible",
}  # fmt: skip


#: argparse has its messages in English only.
_MESSAGES = (
    ("the following arguments are required:", "缺少"),
    ("expected one argument", "后面要写一个值"),
    ("expected at least one argument", "后面至少要写一个值"),
    ("unrecognized arguments:", "不认识"),
    ("not allowed with argument", "不能同时用"),
    ("invalid choice:", "不能是"),
    ("choose from", "可选"),
    ("invalid int value:", "要写整数，不能是"),
    ("argument ", "选项 "),
)


class _Parser(argparse.ArgumentParser):
    """argparse with Chinese section names and a Chinese usage error."""

    def __init__(self, **settings: object) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
            **settings,  # type: ignore[arg-type]
        )
        self._positionals.title = "参数 / arguments"
        self._optionals.title = "选项 / options"
        self.add_argument("-h", "--help", action="help", help="显示帮助 / show this help")

    def error(self, message: str) -> NoReturn:
        from ..model.errors import UsageError

        for english, chinese in _MESSAGES:
            message = message.replace(english, chinese)
        raise UsageError(f"用法错误：{message}", remedy=f"请看 {self.prog} --help")


def wanted_command(arguments: Sequence[str]) -> str | None:
    """The command's name, so that only its options need be built; None for help and mistakes."""
    first = next((argument for argument in arguments if not argument.startswith("-")), None)
    return first if first in COMMANDS else None


def parser_of(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, or of one, which is quicker."""
    parser = _Parser(
        prog="duban",
        description="督办：把政策通知读成任务登记库 / a policy notice becomes a task registry",
        epilog=f"{_EXAMPLES}\n{_STATUS}",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本 / show the version")
    commands = parser.add_subparsers(
        title="命令 / commands", metavar="COMMAND", dest="command", required=True, parser_class=_Parser
    )
    for name, (words, build) in COMMANDS.items():
        if only is None or only == name:
            command = commands.add_parser(name, help=words, description=words, epilog=_STATUS)
            build(command)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"duban {version('duban')}")
        parser.exit()


def _files(command: argparse.ArgumentParser, *, many: bool = True) -> None:
    from .reading_options import add_reading_options

    words = "文件、文件夹、通配符或 - (标准输入) / files, folders, patterns, or - for standard input"
    command.add_argument("files", metavar="FILE", nargs="+" if many else 1, help=words)
    add_reading_options(command)


def _output(command: argparse.ArgumentParser, words: str, *, required: bool = False) -> None:
    command.add_argument("-o", "--output", metavar="PATH", required=required, help=words)


def _registry(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--registry",
        metavar="PATH-OR-URL",
        help="登记库 / the registry (default: $DUBAN_REGISTRY, else a file in your data folder)",
    )


def _filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--year", type=int, metavar="Y", help="年度 / the notice's year")
    command.add_argument(
        "--notice", metavar="N", help="通知：编号、文号或标题的一部分 / id, number or part of the title"
    )


def _text(command: argparse.ArgumentParser) -> None:
    from .reading_commands import text

    _files(command)
    _output(command, "写入文件 / write to a file")
    command.set_defaults(run=text)


def _parse(command: argparse.ArgumentParser) -> None:
    from .reading_commands import parse

    _files(command)
    command.add_argument(
        "--format", choices=("json", "table", "source"), default="json", help="输出格式 / output format"
    )
    _output(command, "写入文件 / write to a file")
    command.add_argument("-q", "--quiet", action="store_true", help="不显示提示 / no diagnostics")
    _built_by(".units_options", "units_files")(command)
    command.add_argument("--no-language", action="store_true", help="不识别数量 / leave quantities out")
    command.set_defaults(run=parse)


def _ingest(command: argparse.ArgumentParser) -> None:
    from .ingest_command import ingest

    _files(command)
    _registry(command)
    command.add_argument(
        "--supersedes", metavar="N", help="是哪份通知的新版本 / the notice that this file replaces"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="只显示出错的文件 / show failures only")
    _built_by(".units_options", "units_files")(command)
    command.set_defaults(run=ingest)


def _search(command: argparse.ArgumentParser) -> None:
    from .search_command import search

    command.add_argument("words", metavar="WORDS", nargs="*", help="词，须全部出现 / all of them must occur")
    command.add_argument("--unit", metavar="U", help="责任单位 / a responsible unit")
    command.add_argument("--exact", action="store_true", help="只找这个写法 / these very words, no groups")
    command.add_argument(
        "--role", metavar="R", type=_role, help="牵头 lead、配合 cooperating、责任 responsible / role"
    )
    _filters(command)
    command.add_argument("--due-before", metavar="D", help="此日之前到期，2021-07-01 / due before this day")
    command.add_argument("--limit", type=int, metavar="N", help="至多几条 / at most N")
    command.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="输出格式 / output format"
    )
    _output(command, "写入文件 / write to a file")
    _registry(command)
    _built_by(".units_options", "units_files")(command)
    command.set_defaults(run=search)


def _checklist(command: argparse.ArgumentParser) -> None:
    from .checklist_command import checklist

    which = command.add_mutually_exclusive_group()
    which.add_argument("--unit", metavar="U", help="一个单位 / one unit")
    which.add_argument("--all", action="store_true", help="所有单位 / every unit")
    command.add_argument("--exact", action="store_true", help="只找这个写法 / these very words, no groups")
    _filters(command)
    command.add_argument("--templates", metavar="DIR", help="本单位的模板 / your own templates")
    _output(command, "文件夹，或一个 .docx 文件 / a folder, or one .docx file", required=True)
    _registry(command)
    _built_by(".units_options", "units_files")(command)
    command.set_defaults(run=checklist)


def _evaluate(command: argparse.ArgumentParser) -> None:
    from .evaluate_options import build

    build(command)


def _explain(command: argparse.ArgumentParser) -> None:
    from .explain_options import build

    build(command)


def _built_by(module: str, name: str = "add_options") -> Callable[[argparse.ArgumentParser], None]:
    """A builder that stands beside its command; its module is loaded only when the command is wanted."""

    def build(command: argparse.ArgumentParser) -> None:
        from importlib import import_module

        getattr(import_module(module, __package__), name)(command)

    return build


def _role(value: str) -> str:
    if value not in _ROLES:
        raise argparse.ArgumentTypeError(f"没有“{value}”这种责任，可写 {'、'.join(_ROLES)}")
    return _ROLES[value]


#: Name: what it does in both languages, and how its options are built.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "text": ("显示通知的文字 / print the notice's text", _text),
    "parse": ("显示通知的结构 / print the notice record", _parse),
    "ingest": ("登记通知 / store notices in the registry", _ingest),
    "search": ("查找任务 / find tasks", _search),
    "explain": ("说明一项任务怎样识别 / show what each rule found", _explain),
    "evaluate": ("与人工标注比对 / compare with gold", _evaluate),
    "checklist": ("生成责任清单 / make responsibility lists", _checklist),
    "report": ("生成公文 / make official documents", _built_by(".report_command", "report_options")),
    "check": ("核验公文格式 / check a document against GB/T 9704-2012", _built_by(".check_command")),
    "score": ("按考评规则计分 / score by an office's rules", _built_by(".score_options", "score_options")),
    "rules": (
        "起草、检查考评规则 / draft and check rule packs",
        _built_by(".score_options", "rules_options"),
    ),
    "progress": (
        "登记进展、证明材料 / enter progress and evidence",
        _built_by(".progress_options", "progress_options"),
    ),
    "ledger": (
        "督查台账：导出、导入 Excel / ledgers to and from Excel",
        _built_by(".ledger_options", "ledger_options"),
    ),
    "status": ("各项任务进度 / where the tasks stand", _built_by(".status_options", "status_options")),
    "due": ("即将到期的节点 / milestones that are due soon", _built_by(".status_options", "due_options")),
    "quality": ("四化四可检查 / what each task lacks", _built_by(".status_options", "quality_options")),
    "audit": ("核对登记链 / check the chain of entries", _built_by(".progress_options", "audit_options")),
    "units": ("单位名录 / the unit directory", _built_by(".units_options", "units_options")),
}
