"""`duban report`: official documents made from the registry, proven against it before they are written."""

from __future__ import annotations

import argparse

from ..model.errors import UsageError
from .console import progress, say
from .reports import ALIASES, KINDS
from .reports.options import frame_options
from .reports.result_options import result_options
from .text_table import one_line


def report_options(command: argparse.ArgumentParser) -> None:
    """Options of `duban report`."""
    kinds = "、".join(KINDS)
    words = f"文种：{kinds} / kind of document"
    command.add_argument("kind", metavar="KIND", choices=(*KINDS, *ALIASES), help=words)
    command.add_argument("--notice", metavar="N", help="通知 / the notice: id, number, title")
    command.add_argument("--unit", metavar="U", help="只列该单位的任务 / only tasks of this unit")
    command.add_argument("--all", action="store_true", help="每个单位一份 / one for each unit")
    command.add_argument("--section", metavar="S", help="只列该部分，如 四 / one part, by number")
    command.add_argument("--as-of", metavar="D", help="截至哪一天，2021-06-30 / state on this day")
    result_options(command)
    frame_options(command)
    command.add_argument("--profile", choices=("A", "B"), help="版心计法 / margin profile")
    command.add_argument("--templates", metavar="DIR", help="本单位的模板 / your own templates")
    command.add_argument("--preview", action="store_true", help="只显示文字 / print the text only")
    command.add_argument("--pdf", action="store_true", help="同时生成 PDF（LibreOffice） / PDF beside each")
    command.add_argument(
        "-o", "--output", metavar="PATH", help="一个 .docx 文件，或文件夹 / a .docx file, or a folder"
    )
    command.add_argument(
        "--registry",
        metavar="PATH-OR-URL",
        help="登记库 / the registry (default: $DUBAN_REGISTRY, else a file in your data folder)",
    )
    command.set_defaults(run=report)


def report(options: argparse.Namespace) -> int:
    """Make the documents, prove them, write them; prints the files on standard output.

    All are proven before the first is written, so that a difference leaves nothing behind.
    """
    from ..output.files import make_folder, write_whole
    from ..output.official.settings import read_settings
    from .reports.job import job_of
    from .reports.release import files_of, proven, show

    if options.preview and options.pdf:
        raise UsageError("--preview 只显示文字，不生成 PDF", remedy="请去掉其中一个")
    single = (options.output or "").lower().endswith(".docx")
    if not options.preview and (not (options.output or "").strip() or options.output == "-"):
        raise UsageError("-o 要写 .docx 文件或文件夹", remedy="例如 -o 清单.docx，或用 --preview 看文字")
    kind = KINDS[ALIASES.get(options.kind, options.kind)]
    job = job_of(options)
    prepared = list(kind.documents()(job))
    if not prepared:
        say("没有可写的内容，没有生成文件；请检查 --notice、--unit、--section 和 --as-of")
        return 1
    if single and len(prepared) > 1:
        raise UsageError(f"共 {len(prepared)} 份，写不进一个文件", remedy="-o 请写文件夹")
    settings = read_settings(job.templates, options.profile)
    made = [
        proven(one, settings, kind.most) for one in progress(prepared, len(prepared), f"生成{options.kind}")
    ]
    if options.preview:
        for data in made:
            show(data)
        return 0
    files = files_of(prepared, options.output)
    for path, data in zip(files, made, strict=True):
        make_folder(path.parent)
        write_whole(path, data)
        print(one_line(str(path)))
    if options.pdf:
        from .reports.pdf import write_pdfs

        return write_pdfs(files, made)
    return 0
