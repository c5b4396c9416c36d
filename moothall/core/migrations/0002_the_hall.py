"""The one row that says what this hall is."""

from django.db import migrations


def make(apps, editor):
    apps.get_model("core", "Hall").objects.create(id=1)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
