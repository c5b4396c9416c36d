import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_the_hall"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, default="", max_length=80)),
                ("problem", models.TextField(blank=True, default="", max_length=2000)),
                ("use", models.TextField(blank=True, default="", max_length=2000)),
                ("audience", models.CharField(blank=True, default="", max_length=200)),
                ("low", models.BigIntegerField(blank=True, null=True)),
                ("high", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("stage", models.CharField(default="draft", max_length=10)),
                ("number", models.PositiveIntegerField(default=0)),
                ("palette", models.CharField(default="stone", max_length=12)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("proposed", models.DateTimeField(blank=True, null=True)),
                ("weight", models.PositiveIntegerField(default=0)),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.picture",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stage", "-weight", "-id"], name="idea_by_weight"),
                    models.Index(fields=["lead", "-id"], name="idea_of_lead"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ("draft", "shape", "withdrawn"))), name="idea_stage"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage", "draft"), ("number__gt", 0), _connector="OR"),
                        name="idea_has_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low", None), ("high", None), ("low__lte", models.F("high")), _connector="OR"
                        ),
                        name="idea_prices",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("part", models.CharField(max_length=8)),
                ("base", models.PositiveIntegerField()),
                ("words", models.TextField(max_length=2000)),
                ("why", models.CharField(blank=True, default="", max_length=400)),
                ("state", models.CharField(default="open", max_length=8)),
                ("answer", models.CharField(blank=True, default="", max_length=400)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["idea", "state", "-id"], name="contribution_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ("title", "problem", "use", "audience"))),
                        name="contribution_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "taken", "declined", "back"))),
                        name="contribution_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), ("version__isnull", False)),
                            models.Q(models.Q(("state", "taken"), _negated=True), ("version", None)),
                            _connector="OR",
                        ),
                        name="contribution_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Backing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.CharField(max_length=8)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "person"), name="one_voice"),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ("like", "follow", "pay"))), name="backing_level"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "pay"), ("price__gt", 0)),
                            models.Q(models.Q(("level", "pay"), _negated=True), ("price", None)),
                            _connector="OR",
                        ),
                        name="backing_price",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, default="", max_length=80)),
                ("problem", models.TextField(blank=True, default="", max_length=2000)),
                ("use", models.TextField(blank=True, default="", max_length=2000)),
                ("audience", models.CharField(blank=True, default="", max_length=200)),
                ("low", models.BigIntegerField(blank=True, null=True)),
                ("high", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("idea", "number"), name="one_version")],
            },
        ),
    ]
