import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("title", models.CharField(max_length=80)),
                ("words", models.TextField(blank=True, default="", max_length=2000)),
                ("state", models.CharField(default="open", max_length=8)),
                ("hidden", models.DateTimeField(blank=True, null=True)),
                ("asks", models.PositiveIntegerField(default=0)),
                ("answer", models.CharField(blank=True, default="", max_length=400)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("revision", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["product", "state", "-asks", "-id"], name="asked_most"),
                    models.Index(fields=["by", "state"], name="asked_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "taken", "declined", "back"))), name="asked_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revision__gt", 1), ("state", "taken")),
                            models.Q(models.Q(("state", "taken"), _negated=True), ("revision", None)),
                            _connector="OR",
                        ),
                        name="asked_taken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), models.Q(("answer", ""), _negated=True)),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("answer", "")),
                            _connector="OR",
                        ),
                        name="asked_declined",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="asked_on_a_revision"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "improvement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="improvements.improvement"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "improvement"], name="asks_by")],
                "constraints": [models.UniqueConstraint(fields=("improvement", "person"), name="asks_once")],
            },
        ),
    ]
