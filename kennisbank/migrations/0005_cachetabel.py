from django.core.management import call_command
from django.db import migrations


def maak(apps, schema_editor):
    call_command("createcachetable", "kennisbank_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("kennisbank", "0004_account")]
    operations = [
        migrations.RunPython(maak, migrations.RunPython.noop),
    ]
