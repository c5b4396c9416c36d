import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("core", "0001_initial"),
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
                ("likes", models.PositiveIntegerField(default=0)),
                ("follows", models.PositiveIntegerField(default=0)),
                ("pays", models.PositiveIntegerField(default=0)),
                ("rank", models.PositiveBigIntegerField(default=0)),
                ("heard", models.PositiveIntegerField(default=0)),
                ("key", models.CharField(blank=True, default="", max_length=40)),
                ("merged", models.DateTimeField(blank=True, null=True)),
                ("joined", models.PositiveIntegerField(default=0)),
                ("forked_number", models.PositiveIntegerField(blank=True, null=True)),
                ("hidden", models.DateTimeField(blank=True, null=True)),
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
                    "concept",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "forked_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ideas.idea",
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ideas.idea",
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
                    models.Index(fields=["stage", "-rank", "-id"], name="idea_by_rank"),
                    models.Index(fields=["lead", "-id"], name="idea_of_lead"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ("draft", "shape", "withdrawn", "merged"))), name="idea_stage"
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("into__isnull", False), ("merged__isnull", False), ("stage", "merged")),
                            models.Q(models.Q(("stage", "merged"), _negated=True), ("into", None), ("merged", None)),
                            _connector="OR",
                        ),
                        name="idea_merged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("forked_from", None), ("forked_number", None)),
                            models.Q(("forked_from__isnull", False), ("forked_number__isnull", False)),
                            _connector="OR",
                        ),
                        name="idea_forked",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("lead", "key"), name="one_idea_a_form"
                    ),
                ],
            },
        ),
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
                ("left", models.DateTimeField(blank=True, null=True)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("reasons", models.TextField(blank=True, default="", max_length=2000)),
                ("change", models.TextField(blank=True, default="", max_length=2000)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("run", models.PositiveIntegerField(blank=True, null=True)),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("grams", models.PositiveIntegerField(blank=True, null=True)),
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
                    "appealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
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
                            ("days", None),
                            models.Q(
                                ("days__range", (7, 90)), ("grams__gte", 1), ("state", "go"), ("weeks__range", (1, 104))
                            ),
                            _connector="OR",
                        ),
                        name="gate_go_on",
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
            name="Crowd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("let", models.BooleanField()),
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
                ("trust", models.CharField(default="new", max_length=8)),
                ("points", models.PositiveIntegerField(default=0)),
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
                "indexes": [
                    models.Index(fields=["idea", "level", "price"], name="backing_prices"),
                    models.Index(condition=models.Q(("trust", "crowd")), fields=["at"], name="backing_in_crowd"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "person"), name="one_voice"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trust__in", ("known", "let", "stranger")),
                            models.Q(("points", 0), ("trust__in", ("new", "crowd"))),
                            _connector="OR",
                        ),
                        name="backing_trust",
                    ),
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
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("state", models.CharField(default="invited", max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("offered", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
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
                    models.UniqueConstraint(fields=("idea", "person"), name="one_authorship"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("invited", "stands", "left"))), name="author_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offered", None), ("state", "stands"), _connector="OR"),
                        name="offered_to_who_stands",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("offered__isnull", False)), fields=("idea",), name="offered_to_one"
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
            name="Merger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("state", models.CharField(default="asked", max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("ended", models.DateTimeField(blank=True, null=True)),
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
                    "ended_by",
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
                (
                    "into",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "stands"))), fields=("idea",), name="one_merger"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("asked", "stands", "declined", "back", "ended"))),
                        name="merger_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idea", models.F("into")), _negated=True), name="merged_into_another"
                    ),
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
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(blank=True, default="", max_length=8)),
                ("looked", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by__in", ("", "bought", "pledged", "vouched"))), name="standing_by"
                    )
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
        migrations.CreateModel(
            name="Weighing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="weighing_due")],
            },
        ),
    ]
