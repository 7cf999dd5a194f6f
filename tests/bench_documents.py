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


def median_seconds(werk: Callable[[], Any]) -> float:
    """Median seconds of the work."""
    return statistics.median(seconds_of(werk) for _ in range(REPEATS))


def measure_files(var: Path) -> list[list[object]]:
    """One PDF over HTTP: first made, then from the store, beside a static file of the same size."""
    from blauwdrukken.models import Blauwdruk

    adressen = [f"/blauwdrukken/{slug}.pdf" for slug in Blauwdruk.objects.values_list("slug", flat=True)[:25]]
    rijen: list[list[object]] = []
    with server(var) as poort:

        def haal(adres: str) -> bytes:
            inhoud: bytes = urllib.request.urlopen(f"http://127.0.0.1:{poort}{adres}").read()
            return inhoud

        haal("/")
        koud = statistics.median(seconds_of(partial(haal, adres)) for adres in adressen)
        (var / "static" / "proef.pdf").write_bytes(haal(adressen[0]))
        rijen.append(["one PDF, first time, over HTTP", f"{koud * 1000:.0f} ms", against_target(koud, 0.5)])
    with server(var) as poort:
        haal(adressen[0])
        gevraagd = ("/static/proef.pdf", "/leeg", adressen[0])
        statisch, leeg, opgeslagen = (statistics.median(hammer(poort, adres)) * 1000 for adres in gevraagd)
    keer = opgeslagen / statisch
    rijen.append(["empty view", f"{leeg:.1f} ms", ""])
    rijen.append(["static file of the same size", f"{statisch:.1f} ms", ""])
    rijen.append(["one PDF from the store", f"{opgeslagen:.1f} ms", f"{keer:.1f}x, {against_target(keer, 2)}"])
    return rijen


def measure_makers(map_: Path, documenten: list[Document]) -> list[list[object]]:
    """Each kind of document without the web server; every maker that comes adds its line here."""
    from blauwdrukken.documents.workshop.process import make_file

    metingen: list[tuple[str, str, dict[str, Any], float | None]] = [
        ("one blueprint", "pdf", one_blauwdruk(documenten[0]), 0.5),
        ("book of 15", "pdf", bundel(documenten[:15]), 2.5),
        ("book of 50", "pdf", bundel(documenten[:50]), None),
        ("comparison of 4", "pdf", comparison(documenten[:4]), None),
        ("one blueprint", "docx", one_blauwdruk(documenten[0]), None),
        ("book of 15", "docx", bundel(documenten[:15]), None),
        ("one blueprint", "epub", one_blauwdruk(documenten[0]), None),
        ("book of 15", "epub", bundel(documenten[:15]), None),
    ]
    rijen: list[list[object]] = []
    for naam, formaat, opdracht, doel in metingen:
        pad = map_ / f"proef.{formaat}"
        tijd = median_seconds(partial(make_file, formaat, opdracht, pad))
        rijen.append(
            [f"{naam}, {formaat}", f"{tijd:.2f} s", f"{pad.stat().st_size / 1000:,.0f} kB", against_target(tijd, doel)]
        )
    return rijen


def html(documenten: list[Document]) -> str:
    """The same text as a plain page."""
    delen = [f"<!doctype html><html lang='nl'><title>Proef</title><style>{STYLE}</style>"]
    for document in documenten:
        delen.append(f"<h1>{escape(document['titel'])}</h1><p>{escape(document['samenvatting'])}</p><dl>")
        delen += [f"<dt>{escape(naam)}</dt><dd>{escape(waarde)}</dd>" for naam, waarde in document["kenmerken"]]
        delen.append("</dl>")
        delen += [
            f"<h2>{escape(s['kop'])}</h2>{''.join(map(_render_block, s['blokken']))}" for s in document["secties"]
        ]
    return "".join(delen)


def _render_block(blok: dict[str, Any]) -> str:
    if blok["t"] in {"ul", "ol"}:
        items = "".join(f"<li>{''.join(map(_render_block, item))}</li>" for item in blok["c"])
        return f"<{blok['t']}>{items}</{blok['t']}>"
    if blok["t"] == "tabel":
        kop = "".join(f"<th>{escape(naam)}</th>" for naam in blok["koppen"])
        rijen = ("".join(f"<td>{_inlines(cel)}</td>" for cel in rij) for rij in blok["rijen"])
        return f"<table><tr>{kop}</tr>{''.join(f'<tr>{rij}</tr>' for rij in rijen)}</table>"
    return f"<{'h3' if blok['t'] == 'h' else 'p'}>{_inlines(blok['c'])}</{'h3' if blok['t'] == 'h' else 'p'}>"


def _inlines(inlines: list[Any]) -> str:
    stukken = []
    for inline in inlines:
        if isinstance(inline, str):
            stukken.append(escape(inline))
        elif inline["t"] == "a":
            stukken.append(f'<a href="{escape(inline["h"])}">{_inlines(inline["c"])}</a>')
        else:
            stukken.append("<br>" if inline["t"] == "br" else f"<{inline['t']}>{_inlines(inline['c'])}</{inline['t']}>")
    return "".join(stukken)


def install_weasyprint(map_: Path) -> Path | None:
    """Interpreter with WeasyPrint in an environment of its own; None when that, or pango, cannot be had."""
    python = map_ / "bin/python"
    subprocess.run([sys.executable, "-m", "venv", map_], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "weasyprint"]
    subprocess.run(pip, capture_output=True, check=False)
    if subprocess.run([python, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0:
        return python
    report("\nWeasyPrint cannot run here (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0); it is left out.")
    return None


def measure_weasyprint(map_: Path, python: Path, documenten: list[Document]) -> list[list[object]]:
    """The same text by WeasyPrint, beside this site."""
    from blauwdrukken.documents.workshop.process import make_file

    rijen: list[list[object]] = []
    for aantal in (1, 15):
        bron = map_ / "proef.html"
        bron.write_text(html(documenten[:aantal]))
        opdracht = one_blauwdruk(documenten[0]) if aantal == 1 else bundel(documenten[:aantal])
        weasyprint = partial(subprocess.run, [python, "-c", WEASYPRINT, bron, map_ / "weasy.pdf"], check=True)
        # By turns, so that what else the machine does weighs on both.
        paren = [
            (seconds_of(partial(make_file, "pdf", opdracht, map_ / "hier.pdf")), seconds_of(weasyprint))
            for _ in range(REPEATS)
        ]
        hier, weasy = (statistics.median(tijden) for tijden in zip(*paren, strict=True))
        oordeel = "at least 5: " + ("met" if weasy >= 5 * hier else "MISSED")
        rijen.append([f"{aantal} blueprint(s)", f"{hier:.2f} s", f"{weasy:.2f} s", f"{weasy / hier:.1f}x", oordeel])
    return rijen


def main() -> None:
    """Measure in a fresh site with the real content and some practice data."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kennisbank.settings"
    with tempfile.TemporaryDirectory() as map_:
        var, weasy = Path(map_) / "var", Path(map_) / "weasyprint"
        var.mkdir()
        fill_site(var)
        manage(var, "maak_oefendata", "--aantal", "30", "-v0")
        os.environ["VAR_DIR"] = str(var)
        import django

        django.setup()
        from blauwdrukken.documents.content.document import document, with_all_content
        from blauwdrukken.models import Blauwdruk

        documenten = [document(blauwdruk) for blauwdruk in with_all_content(Blauwdruk.objects.published())]
        report(f"\n== Documents, {len(documenten)} blueprints, {time.strftime('%Y-%m-%d')} ==")
        print_table(["over HTTP", "median", ""], measure_files(var))
        report("")
        print_table(["made, process included", "median", "size", ""], measure_makers(Path(map_), documenten))
        if python := install_weasyprint(weasy):
            report("")
            print_table(
                ["PDF of the same text", "this site", "WeasyPrint", "", ""],
                measure_weasyprint(Path(map_), python, documenten),
            )


if __name__ == "__main__":
    main()
