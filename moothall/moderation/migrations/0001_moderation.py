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
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("subject_kind", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("state", models.CharField(default="open", max_length=8)),
                ("reports", models.PositiveIntegerField(default=0)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("appealed", models.DateTimeField(blank=True, null=True)),
                ("appeal", models.TextField(blank=True, default="", max_length=1000)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("restored", models.DateTimeField(blank=True, null=True)),
                ("restored_why", models.CharField(blank=True, default="", max_length=300)),
                (
                    "answer_brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "restored_brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "id"], name="case_queue"),
                    models.Index(fields=["-decided", "-id"], name="case_log"),
                    models.Index(fields=["subject_kind", "subject_id", "-id"], name="case_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "kept", "hidden", "appealed", "upheld", "restored"))),
                        name="case_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("open", "kept")), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="case_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered__isnull", False),
                                ("state__in", ("upheld", "restored")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("upheld", "restored")), _negated=True), ("answered", None)
                            ),
                            _connector="OR",
                        ),
                        name="case_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appealed__isnull", False), models.Q(("appeal", ""), _negated=True)),
                            models.Q(("appeal", ""), ("appealed", None)),
                            _connector="OR",
                        ),
                        name="case_appeal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("restored__isnull", False),
                                ("restored_by__isnull", False),
                                ("state", "restored"),
                                models.Q(("restored_why", ""), _negated=True),
                            ),
                            models.Q(
                                ("restored", None),
                                ("restored_brand", None),
                                ("restored_by", None),
                                ("restored_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_restored",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "hidden", "appealed", "upheld"))),
                        fields=("subject_kind", "subject_id"),
                        name="one_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort", models.CharField(max_length=8)),
                ("words", models.TextField(blank=True, default="", max_length=1000)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="moderation.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["by", "-id"], name="report_by")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "by"), name="one_report"),
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ("spam", "abuse", "unlawful", "private", "other"))),
                        name="report_sort",
                    ),
                ],
            },
        ),
    ]
