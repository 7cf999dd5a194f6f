"""Make a judgement of each level that was chosen before, in drafts and planned versions too."""

from django.db import migrations

KEPT = "Zo stond het al in de kennisbank. Wie dit vaststelde en waarop, is toen niet vastgelegd."
# Entries of the sources whose outcome is not there to read: slug -> what there is.
NOT_EVALUATED = {
    "800-van-summa": (
        "De bron noemt een tussentijdse beoordeling door het ministerie van OCW. De uitkomst staat er niet bij."
    ),
    "social-return-heeft-toekomst-in-brabant": (
        "De bron verwijst naar onderzoek van PSW en noemt cijfers uit Rotterdam. Het onderzoek zelf is niet te lezen."
    ),
}


def judgement(slug, niveau):
    """Level and ground of what was called this."""
    if niveau == "geevalueerd" and slug in NOT_EVALUATED:
        return "beschreven", NOT_EVALUATED[slug]
    return niveau, KEPT


def judge(apps, schema_editor):
    """A row for each blueprint whose level was chosen, and the same row in each of its revisions."""
    Blauwdruk = apps.get_model("blauwdrukken", "Blauwdruk")
    Bewijs = apps.get_model("blauwdrukken", "Bewijs")
    Revision = apps.get_model("wagtailcore", "Revision")
    slugs, keys = {}, {}
    for blauwdruk in Blauwdruk.objects.only("slug", "onderbouwing"):
        slugs[str(blauwdruk.pk)] = blauwdruk.slug
        if blauwdruk.onderbouwing != "onbekend" and not Bewijs.objects.filter(blauwdruk=blauwdruk).exists():
            niveau, grond = judgement(blauwdruk.slug, blauwdruk.onderbouwing)
            bewijs = Bewijs.objects.create(blauwdruk=blauwdruk, niveau=niveau, grond=grond, sort_order=0)
            keys[str(blauwdruk.pk)] = bewijs.pk
            Blauwdruk.objects.filter(pk=blauwdruk.pk).update(onderbouwing=niveau)
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="blauwdrukken", model="blauwdruk")
    for revision in Revision.objects.filter(content_type__in=kind):
        key = revision.object_id
        niveau, grond = judgement(slugs.get(key), revision.content.get("onderbouwing") or "onbekend")
        if "bewijzen" in revision.content or niveau == "onbekend":
            continue
        row = {"pk": keys.get(key), "sort_order": 0, "blauwdruk": int(key), "niveau": niveau, "grond": grond}
        revision.content["onderbouwing"] = niveau
        revision.content["bewijzen"] = [row | {"door": "", "datum": None, "link": ""}]
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("blauwdrukken", "0010_bewijs"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(judge, migrations.RunPython.noop)]
