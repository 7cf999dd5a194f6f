import yaml
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    """Tell the regions that are there who their neighbours are, as the shipped content has them."""
    Regio = apps.get_model("regios", "Regio")
    regios = {regio.slug: regio for regio in Regio.objects.all()}
    if not regios:
        return
    rows = yaml.safe_load((settings.BASE_DIR / "fixtures" / "regios.yaml").read_text("utf-8"))["regios"]
    for row in rows:
        if row["slug"] in regios:
            regios[row["slug"]].buren.set([regios[slug] for slug in row["buren"] if slug in regios])


class Migration(migrations.Migration):

    dependencies = [
        ('regios', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='regio',
            name='buren',
            field=models.ManyToManyField(blank=True, to='regios.regio', verbose_name="aangrenzende regio's"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
