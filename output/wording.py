"""Wording: the blocks of ``checklist.j2``, rendered in a sandbox that knows text, variables and ``if``.

An office may write its own file. Nothing but the node kinds below is accepted, so that a template can
neither reach into the program, nor loop, nor grow beyond its own length: no calls, attributes, filters,
loops, multiplication, assignments or includes. jinja2 is imported when wording is first loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from ..model.errors import TemplateError
from .sources import SourceText

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

Value = str | int | None

#: Block → variables that it may use.
Blocks = Mapping[str, frozenset[str]]
#: Node kinds of jinja2 that a block may hold: none of them runs longer than it is written.
_PLAIN = frozenset(
    (
        *("Output", "TemplateData", "Name", "Const", "If", "CondExpr", "Compare", "Operand"),
        *("And", "Or", "Not", "Concat", "Add", "Sub"),
    )
)


class Wording:
    """The blocks of a template file, the standard file's where the office's own has none."""

    def __init__(self, standard: SourceText, own: SourceText | None, blocks: Blocks) -> None:
        """Check and compile both files; raises :class:`TemplateError` with file, line and remedy."""
        self._blocks = {name: (standard, block) for name, block in _compile(standard, blocks).items()}
        if own is not None:
            self._blocks |= {name: (own, block) for name, block in _compile(own, blocks).items()}
        # The same words come back for thousands of rows: roles, groups, marks.
        self._cached = lru_cache(maxsize=4096)(self._render)

    def say(self, block: str, **values: Value) -> str:
        """The words of ``block``; lines are trimmed, a line break between words stays."""
        return self._cached(block, tuple(values.items()))

    def _render(self, block: str, values: tuple[tuple[str, Value], ...]) -> str:
        source, template = self._blocks[block]
        try:
            text = template.render(dict(values))
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError, MemoryError) as error:
            raise TemplateError(
                f"块 {block} 填不出来({error})",
                place=f"{source.place}:{_line_of(error)}",
                remedy="检查该行的变量与比较;文字与数字不能相加、相比",
            ) from error
        return "\n".join(line.strip() for line in text.strip().splitlines())


def _compile(source: SourceText, known: Blocks) -> dict[str, jinja2.Template]:
    """The blocks of one file, each as a template of its own that keeps its line numbers."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    try:
        blocks = _checked(source, environment.parse(source.text, name=source.place), known)
        return {name: _template(environment, source, block) for name, block in blocks.items()}
    except jinja2.TemplateSyntaxError as error:
        place = f"{source.place}:{error.lineno}"
        raise TemplateError(
            f"模板语法有误({error.message})", place=place, remedy="对照自带的模板改正"
        ) from error
    except (RecursionError, ValueError, MemoryError, SyntaxError) as error:
        raise TemplateError(
            f"模板嵌套过深或数字过长({type(error).__name__})",
            place=source.place,
            remedy="模板里只写文字、变量和 if",
        ) from error


def _template(environment: jinja2.Environment, source: SourceText, block: nodes.Block) -> jinja2.Template:
    from jinja2 import nodes

    tree = nodes.Template(block.body, lineno=block.lineno)
    tree.set_environment(environment)
    code = environment.compile(tree, name=block.name, filename=source.place)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _checked(source: SourceText, tree: nodes.Template, known: Blocks) -> dict[str, nodes.Block]:
    """The blocks of a parsed file by name, once every node in it was found harmless."""
    from jinja2 import nodes

    blocks: dict[str, nodes.Block] = {}
    for node in tree.body:
        if isinstance(node, nodes.Block):
            if node.name in blocks:
                raise _error(source, node, f"块 {node.name} 写了两次", "只留一个")
            if node.name not in known:
                raise _error(source, node, f"不认识的块 {node.name}", f"只能用 {'、'.join(known)}")
            for inner in _descendants(node):
                _check_node(source, node.name, inner, known[node.name])
            blocks[node.name] = node
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                _check_between(source, part)
        else:
            _refuse(source, node)
    return blocks


def _check_between(source: SourceText, part: nodes.Node) -> None:
    """Raise unless what stands between two blocks is blank."""
    from jinja2 import nodes

    data = part.data if isinstance(part, nodes.TemplateData) else "?"
    if data.strip():
        # The place of the first word, not of the blank lines that jinja2 counts in with it.
        part.lineno += data[: len(data) - len(data.lstrip())].count("\n")
        _refuse(source, part)


def _refuse(source: SourceText, node: nodes.Node) -> NoReturn:
    raise _error(source, node, "块以外有内容", "把文字写进 {% block … %} 与 {% endblock %} 之间")


def _descendants(node: nodes.Node) -> Iterator[nodes.Node]:
    stack = list(node.iter_child_nodes())
    while stack:
        inner = stack.pop()
        yield inner
        stack.extend(inner.iter_child_nodes())


def _check_node(source: SourceText, block: str, node: nodes.Node, allowed: frozenset[str]) -> None:
    from jinja2 import nodes

    kind = type(node).__name__
    if kind not in _PLAIN:
        raise _error(source, node, f"块 {block} 用了不允许的写法({kind})", "块里只能写文字、变量和 if")
    if isinstance(node, nodes.Name) and node.name not in allowed:
        names = "、".join(sorted(allowed)) or "没有变量可用,只写文字"
        raise _error(source, node, f"块 {block} 里没有变量 {node.name}", f"可用:{names}")


def _line_of(error: BaseException) -> int | str:
    """Line in the template file at which a block failed, told by the compiled template on the stack."""
    line: int | str = "?"
    frame = error.__traceback__
    while frame is not None:
        template = frame.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(frame.tb_lineno)
        elif frame.tb_frame.f_code.co_filename.endswith(".j2"):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _error(source: SourceText, node: nodes.Node, message: str, remedy: str) -> TemplateError:
    return TemplateError(message, place=f"{source.place}:{node.lineno}", remedy=remedy)
