import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_who_appealed(apps, schema_editor):
    """Until now only who led the idea could, and their name was read there."""
    gates, ideas = apps.get_model("ideas", "Gate"), apps.get_model("ideas", "Idea")
    lead = Subquery(ideas.objects.filter(pk=OuterRef("idea")).values("lead")[:1])
    gates.objects.filter(appealed__isnull=False).update(appealed_by=lead)


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0006_go_on"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField("gate", "left", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("gate", "version", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField(
            "gate",
            "appealed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.profile",
            ),
        ),
        migrations.RunPython(name_who_appealed, migrations.RunPython.noop),
    ]
