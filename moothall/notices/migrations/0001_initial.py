import django.db.models.deletion
import moothall.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activity", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tell", models.CharField(max_length=80)),
                ("sort", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("on_page", models.BooleanField(default=True)),
                ("seen", models.DateTimeField(blank=True, null=True)),
                ("mailed", models.DateTimeField(blank=True, null=True)),
                (
                    "act",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activity.act"),
                ),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("on_page", True)), fields=["who", "-id"], name="notice_page"),
                    models.Index(
                        condition=models.Q(("on_page", True), ("seen", None)), fields=["who"], name="notice_unseen"
                    ),
                    models.Index(fields=["at"], name="notice_old"),
                ],
                "constraints": [models.UniqueConstraint(fields=("who", "act"), name="told_once")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("ripe", models.DateTimeField()),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notices.notice"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="letter_due")],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort", models.CharField(max_length=8)),
                ("page", models.BooleanField()),
                ("mail", models.CharField(max_length=7)),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("who", "sort"), name="one_choice"),
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ("never", "at_once", "daily", "weekly"))), name="choice_mail"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zone", models.CharField(max_length=64)),
                ("quiet_from", models.TimeField(blank=True, null=True)),
                ("quiet_until", models.TimeField(blank=True, null=True)),
                ("digest_hour", models.PositiveSmallIntegerField(default=8)),
                ("digest_day", models.PositiveSmallIntegerField(default=0)),
                (
                    "who",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest_day__lte", 6), ("digest_hour__lte", 23)), name="digest_when"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_until__isnull", False),
                                models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quiet_both",
                    ),
                ],
            },
        ),
    ]
