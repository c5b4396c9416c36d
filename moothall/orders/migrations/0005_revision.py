"""Which revision of a product a line bought. Lines from before there were any have the first; sending has none."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def the_first(apps: Any, editor: Any) -> None:
    lines = apps.get_model("orders", "OrderLine").objects.using(editor.connection.alias)
    lines.filter(variant__isnull=False).update(revision=1)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0004_origin"),
    ]

    operations = [
        migrations.AddField(
            model_name="orderline",
            name="revision",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(the_first, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=Q(variant=None, revision=None) | Q(variant__isnull=False, revision__gte=1),
                name="line_has_its_revision",
            ),
        ),
    ]
