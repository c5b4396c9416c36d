import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("subject_kind", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("question", models.CharField(max_length=140)),
                ("words", models.TextField(blank=True, default="", max_length=1000)),
                ("added", models.DateTimeField(blank=True, null=True)),
                ("sort", models.CharField(max_length=7)),
                ("several", models.BooleanField(default=False)),
                ("currency", models.CharField(max_length=3)),
                ("shown", models.CharField(default="always", max_length=6)),
                ("made", models.DateTimeField(default=moothall.core.clock.now)),
                ("closes", models.DateTimeField()),
                ("closed", models.DateTimeField(blank=True, null=True)),
                ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                ("hidden", models.DateTimeField(blank=True, null=True)),
                ("answers", models.PositiveIntegerField(default=0)),
                ("turn", models.PositiveIntegerField(default=0)),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(condition=models.Q(("dead", None)), fields=["due"], name="poll_due"),
                    models.Index(fields=["subject_kind", "subject_id", "-id"], name="poll_of_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ("options", "ranked", "price"))), name="poll_sort"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown__in", ("always", "after", "over"))), name="poll_shown"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("several", False), ("sort", "options"), _connector="OR"),
                        name="poll_several",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed", None), ("seat__range", (1, 5))),
                            models.Q(("closed__isnull", False), ("seat", None)),
                            _connector="OR",
                        ),
                        name="poll_seated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn", None), models.Q(("answers", 0), ("closed__isnull", False)), _connector="OR"
                        ),
                        name="poll_withdrawn",
                    ),
                    models.UniqueConstraint(fields=("subject_kind", "subject_id", "seat"), name="poll_seat"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed", None), ("sort", "price")),
                        fields=("subject_kind", "subject_id"),
                        name="one_open_price_question",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(blank=True, default="", max_length=80)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="polls.poll"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "position"), name="choice_place"),
                    models.UniqueConstraint(fields=("poll", "price"), name="choice_price"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price__gt", 0), ("words", "")),
                            models.Q(models.Q(("words", ""), _negated=True), ("price", None)),
                            _connector="OR",
                        ),
                        name="choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="polls.poll"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("poll", "person"), name="one_answer")],
            },
        ),
        migrations.CreateModel(
            name="Pick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("yes", models.BooleanField(blank=True, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="picks", to="polls.answer"
                    ),
                ),
                (
                    "choice",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="polls.choice"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "choice"), name="picked_once"),
                    models.UniqueConstraint(fields=("answer", "place"), name="pick_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place", None), models.Q(("place__gte", 1), ("yes", None)), _connector="OR"
                        ),
                        name="pick_of_one_sort",
                    ),
                ],
            },
        ),
    ]
