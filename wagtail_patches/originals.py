"""Puts what is ours in the place of something of Wagtail or allauth, as long as that is still what we wrote for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ImproperlyConfigured

Method = TypeVar("Method", bound=Callable[..., Any])
GONE = object()
ANYTHING = object()


class Original(NamedTuple):
    """What stood there before ours."""

    owner: Any
    name: str
    value: Any


ORIGINALS: dict[str, Original] = {}


def replace(owner: Any, name: str, new: Any, *, was: Any = ANYTHING) -> None:
    """Put `new` in the place of owner.name: of the same kind, with the same parameters, for a value that is `was`."""
    check(owner, name, new, was)
    setattr(owner, name, new)


def overrides(owner: type) -> Callable[[Method], Method]:
    """Say of a method in a class of our own that it stands in for a private one of this class of another's."""

    def checked(method: Method) -> Method:
        check(owner, method.__name__, method)
        return method

    return checked


def replace_item(owner: MutableMapping[str, Any], key: str, new: Any, called: str) -> None:
    """Put `new` in the place of owner[key]; `called` is how a person would look for it."""
    if key not in owner:
        raise changed(called, "is gone")
    owner[key] = new


def original(owner: Any, name: str) -> Any:
    """What owner.name was before we replaced it; ImproperlyConfigured when there is none."""
    called = full_name(owner, name)
    value = ORIGINALS[called].value if called in ORIGINALS else found(owner, name)
    if value is GONE:
        raise changed(called, "is gone")
    return value


def check(owner: Any, name: str, new: Any, was: Any = ANYTHING) -> None:
    """Raise ImproperlyConfigured when owner.name is not what ours was written for; else remember it."""
    called, value = full_name(owner, name), original(owner, name)
    if kind(value) != kind(new):
        raise changed(called, f"is {kind(value)}, and ours is {kind(new)}")
    if was is not ANYTHING and value != was:
        raise changed(called, f"is {value!r}, and ours was written for {was!r}")
    ORIGINALS[called] = Original(owner, name, value)


def found(owner: Any, name: str) -> Any:
    """The attribute as its class holds it, a property as a property."""
    return inspect.getattr_static(owner, name, GONE)


def full_name(owner: Any, name: str) -> str:
    """How to find this attribute in the source of its package."""
    return f"{owner.__module__}.{owner.__qualname__}.{name}"


def kind(value: Any) -> str:
    """What it is, in words; of a method with its parameters."""
    if isinstance(value, property):
        return "a property"
    if not inspect.isfunction(value):
        return f"of type {type(value).__name__}"
    signature = inspect.signature(value)
    plain = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in signature.parameters.values()]
    return f"a method with {inspect.Signature(plain)}"


def changed(called: str, how: str) -> ImproperlyConfigured:
    """The sentence with which the site refuses to start."""
    return ImproperlyConfigured(f"{called} {how}: adapt what stands in its place, as docs/operations.md tells.")
