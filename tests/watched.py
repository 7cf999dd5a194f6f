"""What ours stands in for, with the text that installed packages have there; `python -m tests.watched` writes it down.

Run that only after comparing what changed with what stands in its place.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("watched.txt")


def own_templates() -> Iterator[str]:
    """Names of all templates of this site, and of those that it draws without a template."""
    from django.conf import settings

    from kennisbank.form_renderer import WITHOUT_TEMPLATE
    from wagtail_patches.originals import ORIGINALS

    for folder in settings.TEMPLATES[0]["DIRS"]:
        yield from (str(file.relative_to(folder)) for file in Path(folder).rglob("*") if file.is_file())
    yield from WITHOUT_TEMPLATE
    yield from (str(was.value) for was in ORIGINALS.values() if str(was.value).endswith(".html"))


def templates() -> Iterator[tuple[str, str]]:
    """Name and text of each template of a package in whose place there is one of ours."""
    from django.template.utils import get_app_template_dirs

    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    for name in own_templates():
        for file in [folder / name for folder in folders if (folder / name).is_file()][:1]:
            yield name, file.read_text()


def source(value: Any) -> str:
    """Source of a method or a property, empty for another value: that one is compared when the site starts."""
    function = value.fget if isinstance(value, property) else value
    return inspect.getsource(function) if inspect.isfunction(function) else ""


def methods() -> Iterator[tuple[str, str]]:
    """Name and source of each method of a package in whose place there is one of ours."""
    from kennisbank.login import adapters, backend  # noqa: F401 (what they override is known once they are read)
    from wagtail_patches.originals import ORIGINALS

    yield from ((called, text) for called, was in ORIGINALS.items() if (text := source(was.value)))


def found() -> dict[str, str]:
    """Name and digest of everything that ours stands in for, as the installed packages have it."""
    return {name: sha256(text.encode()).hexdigest()[:16] for name, text in sorted([*templates(), *methods()])}


def known() -> dict[str, str]:
    """The same, as it was when somebody last looked."""
    lines = (line.split() for line in LIST.read_text().splitlines())
    return {name: digest for digest, name in lines}


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    LIST.write_text("".join(f"{digest} {name}\n" for name, digest in found().items()))
