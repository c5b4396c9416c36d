import django.db.models.deletion
import moothall.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("verb", models.CharField(max_length=60)),
                ("subject_kind", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("audience", models.CharField(max_length=8)),
                ("reach", models.CharField(blank=True, default="", max_length=10)),
                ("reach_id", models.BigIntegerField(default=0)),
                ("channel", models.CharField(blank=True, default="", max_length=10)),
                ("data", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "hand",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor", "channel", "reach", "reach_id", "-id"], name="act_feed"),
                    models.Index(fields=["subject_kind", "subject_id", "-id"], name="act_subject"),
                    models.Index(fields=["verb", "-id"], name="act_verb"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Latest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_id", models.BigIntegerField()),
                ("channel", models.CharField(blank=True, default="", max_length=10)),
                ("reach", models.CharField(max_length=10)),
                ("reach_id", models.BigIntegerField(default=0)),
                ("act_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source_id", "channel", "reach", "reach_id"), name="one_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("reader", models.CharField(max_length=40)),
                ("replayed", models.BooleanField(default=False)),
                (
                    "act",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activity.act"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="pending_due")],
                "constraints": [models.UniqueConstraint(fields=("act", "reader"), name="once_per_reader")],
            },
        ),
    ]
