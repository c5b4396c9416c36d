import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0003_hidden"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("opened", models.DateTimeField(default=moothall.core.clock.now)),
                ("due", models.DateField()),
                ("late", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(default="open", max_length=9)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("reasons", models.TextField(blank=True, default="", max_length=2000)),
                ("change", models.TextField(blank=True, default="", max_length=2000)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("run", models.PositiveIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("heard", models.JSONField(blank=True, default=list)),
                ("appeal", models.TextField(blank=True, default="", max_length=2000)),
                ("appealed", models.DateTimeField(blank=True, null=True)),
                ("answer_due", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, default="", max_length=2000)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("undone", models.DateTimeField(blank=True, null=True)),
                ("undone_why", models.CharField(blank=True, default="", max_length=400)),
                ("accepted", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["brand", "state", "due"], name="gate_of_brand"),
                    models.Index(fields=["idea", "-id"], name="gate_of_idea"),
                    models.Index(
                        condition=models.Q(("late", None), ("state", "open")), fields=["due"], name="gate_due"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "withdrawn", "go", "no", "needs"))), name="gate_state"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("idea", "brand"), name="one_open_gate"
                    ),
                    models.UniqueConstraint(fields=("idea", "brand", "number"), name="gate_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted__isnull", False)), fields=("idea",), name="one_accepted_gate"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("by__isnull", False), ("decided__isnull", False), ("state__in", ("go", "no", "needs"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("go", "no", "needs")), _negated=True),
                                ("by", None),
                                ("decided", None),
                            ),
                            _connector="OR",
                        ),
                        name="gate_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price__gt", 0), ("run__gt", 0), ("state", "go")),
                            models.Q(models.Q(("state", "go"), _negated=True), ("price", None), ("run", None)),
                            _connector="OR",
                        ),
                        name="gate_go",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted", None), models.Q(("state", "go"), ("undone", None)), _connector="OR"
                        ),
                        name="gate_accepted_go",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered", None), ("answered__gte", models.F("appealed")), _connector="OR"
                        ),
                        name="gate_answered_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voices", models.PositiveSmallIntegerField(default=25)),
                ("days", models.PositiveSmallIntegerField(default=28)),
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("voices__gte", 1), ("voices__lte", 10000)), name="mark_voices"
                    ),
                    models.CheckConstraint(condition=models.Q(("days__gte", 1), ("days__lte", 180)), name="mark_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("own", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("published", models.DateTimeField(blank=True, null=True)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(blank=True, default="", max_length=400)),
                ("currency", models.CharField(max_length=3)),
                ("price", models.BigIntegerField()),
                ("fixed", models.BigIntegerField(default=0)),
                ("shipping", models.BigIntegerField(default=0)),
                ("fee", models.PositiveIntegerField(default=0)),
                ("fee_each", models.BigIntegerField(default=0)),
                ("tax", models.PositiveIntegerField(default=0)),
                ("royalty", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "gate",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.gate"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["gate", "-id"], name="sheet_of_gate")],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("own", True)), fields=("gate",), name="one_own_sheet"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee_each__gte", 0), ("fixed__gte", 0), ("price__gt", 0), ("shipping__gte", 0)
                        ),
                        name="sheet_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fee__lte", 10000), ("royalty__lte", 10000), ("tax__lte", 10000)),
                        name="sheet_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", None), ("own", True)),
                            models.Q(("own", False), ("published__isnull", False)),
                            _connector="OR",
                        ),
                        name="sheet_argued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField()),
                ("unit", models.BigIntegerField()),
                (
                    "sheet",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.sheet"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "pieces"), name="run_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pieces__gte", 1), ("unit__gte", 0)), name="run_amounts"
                    ),
                ],
            },
        ),
    ]
