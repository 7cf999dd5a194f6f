"""Documents to take along, cold and from the store: python -m tests.bench_documents (or `make bench`).

Every document is made as the site makes it: by a process of its own, whose start counts. No slow figure fails it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from tests.bench import fill_site, hammer, manage, server
from tests.bench_search import against_target, print_table, report, seconds_of
from tests.documents.samples import bundel, comparison, one_blauwdruk

REPEATS = 7
WEASYPRINT = """
import sys
from weasyprint import HTML
HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
STYLE = """
@page { size: A4; margin: 2.1cm; @bottom-right { content: "Pagina " counter(page) " van " counter(pages) } }
body { font: 10.5pt "Source Sans Pro", sans-serif; hyphens: auto } h1 { break-before: page }
table { border-collapse: collapse } td, th { border-bottom: 1px solid #d3deec; padding: 4pt; text-align: left }
"""

Document = dict[str, Any]


def median_seconds(work: Callable[[], Any]) -> float:
    """Median seconds of the work."""
    return statistics.median(seconds_of(work) for _ in range(REPEATS))


def measure_files(var: Path) -> list[list[object]]:
    """One PDF over HTTP: first made, then from the store, beside a static file of the same size."""
    from blauwdrukken.models import Blauwdruk

    urls = [f"/blauwdrukken/{slug}.pdf" for slug in Blauwdruk.objects.values_list("slug", flat=True)[:25]]
    rows: list[list[object]] = []
    with server(var) as port:

        def fetch(url: str) -> bytes:
            content: bytes = urllib.request.urlopen(f"http://127.0.0.1:{port}{url}").read()
            return content

        fetch("/")
        cold = statistics.median(seconds_of(partial(fetch, url)) for url in urls)
        (var / "static" / "proef.pdf").write_bytes(fetch(urls[0]))
        rows.append(["one PDF, first time, over HTTP", f"{cold * 1000:.0f} ms", against_target(cold, 0.5)])
    with server(var) as port:
        fetch(urls[0])
        requested = ("/static/proef.pdf", "/leeg", urls[0])
        static, empty, stored = (statistics.median(hammer(port, url)) * 1000 for url in requested)
    ratio = stored / static
    rows.append(["empty view", f"{empty:.1f} ms", ""])
    rows.append(["static file of the same size", f"{static:.1f} ms", ""])
    rows.append(["one PDF from the store", f"{stored:.1f} ms", f"{ratio:.1f}x, {against_target(ratio, 2)}"])
    return rows


def measure_makers(folder: Path, documents: list[Document]) -> list[list[object]]:
    """Each kind of document without the web server; every maker that comes adds its line here."""
    from blauwdrukken.documents.workshop.process import make_file

    measurements: list[tuple[str, str, dict[str, Any], float | None]] = [
        ("one blueprint", "pdf", one_blauwdruk(documents[0]), 0.5),
        ("book of 15", "pdf", bundel(documents[:15]), 2.5),
        ("book of 50", "pdf", bundel(documents[:50]), None),
        ("comparison of 4", "pdf", comparison(documents[:4]), None),
        ("one blueprint", "docx", one_blauwdruk(documents[0]), None),
        ("book of 15", "docx", bundel(documents[:15]), None),
        ("one blueprint", "epub", one_blauwdruk(documents[0]), None),
        ("book of 15", "epub", bundel(documents[:15]), None),
    ]
    rows: list[list[object]] = []
    for name, extension, order, target in measurements:
        path = folder / f"proef.{extension}"
        seconds = median_seconds(partial(make_file, extension, order, path))
        rows.append(
            [
                f"{name}, {extension}",
                f"{seconds:.2f} s",
                f"{path.stat().st_size / 1000:,.0f} kB",
                against_target(seconds, target),
            ]
        )
    return rows


def html(documents: list[Document]) -> str:
    """The same text as a plain page."""
    parts = [f"<!doctype html><html lang='nl'><title>Proef</title><style>{STYLE}</style>"]
    for document in documents:
        parts.append(f"<h1>{escape(document['titel'])}</h1><p>{escape(document['samenvatting'])}</p><dl>")
        parts += [f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in document["kenmerken"]]
        parts.append("</dl>")
        parts += [
            f"<h2>{escape(s['kop'])}</h2>{''.join(map(_render_block, s['blokken']))}" for s in document["secties"]
        ]
    return "".join(parts)


def _render_block(block: dict[str, Any]) -> str:
    if block["t"] in {"ul", "ol"}:
        items = "".join(f"<li>{''.join(map(_render_block, item))}</li>" for item in block["c"])
        return f"<{block['t']}>{items}</{block['t']}>"
    if block["t"] == "tabel":
        heading = "".join(f"<th>{escape(name)}</th>" for name in block["koppen"])
        rows = ("".join(f"<td>{_inlines(cell)}</td>" for cell in row) for row in block["rijen"])
        return f"<table><tr>{heading}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return f"<{'h3' if block['t'] == 'h' else 'p'}>{_inlines(block['c'])}</{'h3' if block['t'] == 'h' else 'p'}>"


def _inlines(inlines: list[Any]) -> str:
    pieces = []
    for inline in inlines:
        if isinstance(inline, str):
            pieces.append(escape(inline))
        elif inline["t"] == "a":
            pieces.append(f'<a href="{escape(inline["h"])}">{_inlines(inline["c"])}</a>')
        else:
            pieces.append("<br>" if inline["t"] == "br" else f"<{inline['t']}>{_inlines(inline['c'])}</{inline['t']}>")
    return "".join(pieces)


def install_weasyprint(folder: Path) -> Path | None:
    """Interpreter with WeasyPrint in an environment of its own; None when that, or pango, cannot be had."""
    python = folder / "bin/python"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "weasyprint"]
    subprocess.run(pip, capture_output=True, check=False)
    if subprocess.run([python, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0:
        return python
    report("\nWeasyPrint cannot run here (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0); it is left out.")
    return None


def measure_weasyprint(folder: Path, python: Path, documents: list[Document]) -> list[list[object]]:
    """The same text by WeasyPrint, beside this site."""
    from blauwdrukken.documents.workshop.process import make_file

    rows: list[list[object]] = []
    for count in (1, 15):
        source = folder / "proef.html"
        source.write_text(html(documents[:count]))
        order = one_blauwdruk(documents[0]) if count == 1 else bundel(documents[:count])
        weasyprint = partial(subprocess.run, [python, "-c", WEASYPRINT, source, folder / "weasy.pdf"], check=True)
        # By turns, so that what else the machine does weighs on both.
        pairs = [
            (seconds_of(partial(make_file, "pdf", order, folder / "hier.pdf")), seconds_of(weasyprint))
            for _ in range(REPEATS)
        ]
        here, weasy = (statistics.median(times) for times in zip(*pairs, strict=True))
        verdict = "at least 5: " + ("met" if weasy >= 5 * here else "MISSED")
        rows.append([f"{count} blueprint(s)", f"{here:.2f} s", f"{weasy:.2f} s", f"{weasy / here:.1f}x", verdict])
    return rows


def main() -> None:
    """Measure in a fresh site with the real content and some practice data."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kennisbank.settings"
    with tempfile.TemporaryDirectory() as folder:
        var, weasy = Path(folder) / "var", Path(folder) / "weasyprint"
        var.mkdir()
        fill_site(var)
        manage(var, "maak_oefendata", "--aantal", "30", "-v0")
        os.environ["VAR_DIR"] = str(var)
        import django

        django.setup()
        from blauwdrukken.documents.content.document import document, with_all_content
        from blauwdrukken.models import Blauwdruk

        documents = [document(blauwdruk) for blauwdruk in with_all_content(Blauwdruk.objects.published())]
        report(f"\n== Documents, {len(documents)} blueprints, {time.strftime('%Y-%m-%d')} ==")
        print_table(["over HTTP", "median", ""], measure_files(var))
        report("")
        print_table(["made, process included", "median", "size", ""], measure_makers(Path(folder), documents))
        if python := install_weasyprint(weasy):
            report("")
            print_table(
                ["PDF of the same text", "this site", "WeasyPrint", "", ""],
                measure_weasyprint(Path(folder), python, documents),
            )


if __name__ == "__main__":
    main()
