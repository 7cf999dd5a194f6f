"""Break a function in a process that has loaded it: its code is swapped, for all who hold it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType
from typing import Any

Swaps = list[tuple[FunctionType, CodeType]]


class RunsOnImportError(Exception):
    """What is broken runs when the module is imported, so only a process of its own can run it."""


def swaps(path: str, whole: str, broken: str) -> Swaps:
    """The functions of this file that are broken, each with the code that it gets."""
    pairs = list(differences(compile(whole, path, "exec"), compile(broken, path, "exec")))
    living = {identity(function.__code__): function for function in functions_of(path)}
    if not pairs or any(identity(code) not in living for code, _ in pairs):
        raise RunsOnImportError
    return [(living[identity(code)], other) for code, other in pairs]


def put_in(changes: Swaps) -> None:
    """Break these functions."""
    try:
        for function, code in changes:
            function.__code__ = code
    except ValueError as error:  # it needs other variables from around it
        raise RunsOnImportError from error


def differences(whole: CodeType, broken: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Pairs of functions that differ; all else of a module or class has to be the same."""
    if whole.co_flags & CO_OPTIMIZED:
        if shape(whole) != shape(broken):
            yield whole, broken
        return
    if shape(whole, deep=False) != shape(broken, deep=False):
        raise RunsOnImportError
    for code, other in zip(parts(whole), parts(broken), strict=True):
        yield from differences(code, other)


def parts(code: CodeType) -> list[CodeType]:
    """Functions and classes in it."""
    return [const for const in code.co_consts if isinstance(const, CodeType)]


def shape(code: CodeType, *, deep: bool = True) -> tuple[Any, ...]:
    """What it does, wherever it stands in the file."""
    consts = [repr(const) for const in code.co_consts if not isinstance(const, CodeType)]
    inner = [shape(part) if deep else part.co_qualname for part in parts(code)]
    names = (code.co_qualname, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return (code.co_code, code.co_exceptiontable, names, consts, inner)


def identity(code: CodeType) -> str:
    return repr((code.co_firstlineno, shape(code)))


@cache
def functions_of(path: str) -> list[FunctionType]:
    gc.unfreeze()  # the collector tells nothing of what is frozen
    found = [each for each in gc.get_objects() if type(each) is FunctionType and each.__code__.co_filename == path]
    gc.freeze()
    return found
