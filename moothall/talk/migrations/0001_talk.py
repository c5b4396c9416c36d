import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("words", models.TextField(max_length=4000)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("edited", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(default="stands", max_length=9)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("helpful", models.PositiveIntegerField(default=0)),
                ("agree", models.PositiveIntegerField(default=0)),
                ("disagree", models.PositiveIntegerField(default=0)),
                ("subject_kind", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("nth", models.PositiveIntegerField(default=0)),
                ("answers", models.PositiveIntegerField(default=0)),
                ("live", models.PositiveIntegerField(default=0)),
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talk.comment",
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
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talk.comment",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["by", "-id"], name="comment_by"),
                    models.Index(
                        condition=models.Q(("state", "withdrawn"), models.Q(("words", ""), _negated=True)),
                        fields=["withdrawn"],
                        name="comment_to_forget",
                    ),
                    models.Index(
                        condition=models.Q(("parent", None)),
                        fields=["subject_kind", "subject_id", "-id"],
                        name="comment_newest",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("stands", "withdrawn", "hidden"))), name="comment_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn__isnull", False)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn", None)),
                            _connector="OR",
                        ),
                        name="comment_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "hidden"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "hidden"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="comment_hidden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nth", 0), ("parent", None)),
                            models.Q(("answers", 0), ("live", 0), ("nth__gt", 0), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_answers_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to", None), ("parent__isnull", False), _connector="OR"), name="comment_to"
                    ),
                    models.CheckConstraint(condition=models.Q(("live__lte", models.F("answers"))), name="comment_live"),
                    models.UniqueConstraint(fields=("parent", "nth"), name="comment_nth"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=30)),
                (
                    "comment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="talk.comment"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("comment", "person"), name="mentioned_once")],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("words", models.TextField(max_length=4000)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("edited", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(default="stands", max_length=9)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("helpful", models.PositiveIntegerField(default=0)),
                ("agree", models.PositiveIntegerField(default=0)),
                ("disagree", models.PositiveIntegerField(default=0)),
                ("alt", models.CharField(blank=True, default="", max_length=300)),
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
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
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
                "abstract": False,
                "indexes": [
                    models.Index(fields=["by", "-id"], name="post_by"),
                    models.Index(
                        condition=models.Q(("state", "withdrawn"), models.Q(("words", ""), _negated=True)),
                        fields=["withdrawn"],
                        name="post_to_forget",
                    ),
                    models.Index(
                        condition=models.Q(("channel__isnull", False)), fields=["channel", "-id"], name="post_newest"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("stands", "withdrawn", "hidden"))), name="post_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn__isnull", False)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn", None)),
                            _connector="OR",
                        ),
                        name="post_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "hidden"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "hidden"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="post_hidden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), ("picture__isnull", False), _connector="OR"), name="post_alt"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostMention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=30)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="talk.post"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "person"), name="mentioned_once_in_post")],
            },
        ),
        migrations.CreateModel(
            name="PostReaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort", models.CharField(max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="talk.post"),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ("helpful", "agree", "disagree"))), name="postreaction_sort"
                    ),
                    models.UniqueConstraint(fields=("post", "person"), name="one_post_reaction"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort", models.CharField(max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "comment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="talk.comment"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ("helpful", "agree", "disagree"))), name="reaction_sort"
                    ),
                    models.UniqueConstraint(fields=("comment", "person"), name="one_reaction"),
                ],
            },
        ),
    ]
