"""Ways in which code may be wrong: those of mutmut that leave it able to run, and checks that are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from mutmut.mutation import mutators

# Calls that narrow, order or guard what they are called on, and functions that guard their one argument.
STEPS = set("published filter exclude distinct order_by select_for_update public visible_to known strip lower".split())
GUARDS = set("escape conditional_escape clean_html sanitize safe_url quote sorted".split())
NOT_RUN = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)


def drop_step(node: cst.Call) -> Iterable[cst.CSTNode]:
    """`rows.published()` becomes `rows`."""
    if isinstance(node.func, cst.Attribute) and node.func.attr.value in STEPS:
        yield node.func.value


def drop_guard(node: cst.Call) -> Iterable[cst.CSTNode]:
    """`escape(text)` becomes `text`."""
    if isinstance(node.func, cst.Name) and node.func.value in GUARDS:
        yield node.args[0].value


def drop_condition(node: cst.BooleanOperation) -> Iterable[cst.CSTNode]:
    """`a and b` becomes `a`, or `b`."""
    yield from (node.left, node.right)


def never(node: cst.If) -> Iterable[cst.CSTNode]:
    """What an `if` asks for is never so."""
    yield node.with_changes(test=cst.Name("False"), whitespace_before_test=cst.SimpleWhitespace(" "))


def drop_filter(node: cst.CompIf) -> Iterable[cst.CSTNode]:
    """A comprehension takes everything."""
    yield node.with_changes(test=cst.Name("True"))


OPERATORS: list[tuple[Any, Callable[[Any], Iterable[cst.CSTNode]]]] = [
    (cst.Call, drop_step),
    (cst.Call, drop_guard),
    (cst.BooleanOperation, drop_condition),
    (cst.If, never),
    (cst.CompIf, drop_filter),
    (cst.BaseNumber, mutators.operator_number),
    (cst.Name, mutators.operator_name),
    (cst.AugAssign, mutators.operator_augmented_assignment),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.Call, mutators.operator_symmetric_string_methods_swap),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.IfExp, mutators.operator_if_exp),
]


class Finder(cst.CSTVisitor):
    """Every node with what may stand in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, NOT_RUN):
            return False
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                self.found += [(node, other) for other in operator(node)]
        return True


def mutations(source: str) -> Iterator[str]:
    """The source with one thing changed, in each way that can still be read as Python."""
    module, finder, seen = cst.parse_module(source), Finder(), {source}
    module.visit(finder)
    for node, other in finder.found:
        code = module.deep_replace(node, other).code
        if code not in seen and is_python(code):
            seen.add(code)
            yield code


def is_python(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True
