"""Give periods of projects the precision that their note admits, and entries the day by which they are sorted."""

import re

from django.db import migrations

from blauwdrukken.text.dates import PartialDate, parse_edtf

SEASONS = {"voorjaar": 21, "zomer": 22, "najaar": 23, "winter": 24}
PERIOD = ("periode_begin", "periode_eind")


def admitted(day, note):
    """A day, or what of it is not made up by the words of its note: a season, quarter, month or year."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day or ""):
        return day
    date = parse_edtf(day)
    note = note.lower()
    season = next((part for word, part in SEASONS.items() if word in note and date.day == 1), None)
    if season:
        return PartialDate(date.year, season).edtf
    if "kwartal" in note:
        return PartialDate(date.year, 33 + (date.part - 1) // 3).edtf
    at_edge = (date.part, date.day) in {(1, 1), (12, 31)}
    if at_edge and re.search(r"alleen (het|de) ja(ar|ren)|\bdag\b", note):
        return PartialDate(date.year).edtf
    if date.day == 1 and re.search(r"\bdag\b|begin van de maand", note):
        return PartialDate(date.year, date.part).edtf
    return day


def projecten_en_versies(apps, schema_editor):
    """Projects, and each of their revisions: what is public, planned or a draft opens as precise as it is."""
    Project = apps.get_model("blauwdrukken", "Project")
    Revision = apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    own_date = {}
    for project in Project.objects.select_related("blauwdruk"):
        for name in PERIOD:
            date = getattr(project, name)
            if date and date.day:
                setattr(project, name, admitted(date.edtf, project.periode_toelichting))
        project.datum = project.blauwdruk.laatst_gewijzigd if project.blauwdruk else None
        project.peildatum = project.datum.first if project.datum else None
        project.save()
        own_date[str(project.pk)] = project.datum.edtf if project.datum else None
    kind = ContentType.objects.filter(app_label="blauwdrukken", model="project").first()
    for revision in Revision.objects.filter(content_type=kind) if kind else ():
        note = revision.content.get("periode_toelichting") or ""
        for name in PERIOD:
            revision.content[name] = admitted(revision.content.get(name), note)
        revision.content.setdefault("datum", own_date.get(revision.object_id))
        revision.save(update_fields=["content"])


def peildatums(apps, schema_editor):
    """The first day of the date of blueprints and stories, else of the last year of the programme."""
    for row in apps.get_model("blauwdrukken", "Blauwdruk").objects.select_related("programma"):
        year = row.programma and (row.programma.jaar_tot or row.programma.jaar_van)
        date = row.laatst_gewijzigd or (PartialDate(year) if year else None)
        type(row).objects.filter(pk=row.pk).update(peildatum=date and date.first)
    Verhaal = apps.get_model("blauwdrukken", "Verhaal")
    for row in Verhaal.objects.exclude(datum=None):
        Verhaal.objects.filter(pk=row.pk).update(peildatum=row.datum.first)


class Migration(migrations.Migration):
    dependencies = [("blauwdrukken", "0006_beschreven"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.RunPython(projecten_en_versies, migrations.RunPython.noop),
        migrations.RunPython(peildatums, migrations.RunPython.noop),
    ]
