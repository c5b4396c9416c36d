import django.db.models.deletion
import moothall.core.clock
import moothall.core.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("since", models.DateTimeField(default=moothall.core.clock.now)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("hand", models.CharField(blank=True, default="", max_length=80)),
                ("begun", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=32, unique=True)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("widths", models.JSONField(default=list)),
                ("avif", models.JSONField(default=list)),
                ("palette", models.CharField(default="stone", max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="Daily",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("name", models.CharField(max_length=30, unique=True)),
                ("began", models.DateTimeField(blank=True, null=True)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("well", models.BooleanField(null=True)),
                ("said", models.JSONField(default=list)),
                ("kept", models.JSONField(default=list)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="daily_due")],
            },
        ),
        migrations.CreateModel(
            name="Hall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="Moothall", max_length=60)),
                ("place", models.CharField(blank=True, default="", max_length=60)),
                ("currency", models.CharField(default="GBP", max_length=3)),
                ("demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_hall")],
            },
        ),
        migrations.CreateModel(
            name="Stale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("kind", models.CharField(max_length=12)),
                ("subject_id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="stale_due")],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("word", moothall.core.models.Folded(max_length=32)),
                ("documents", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "word"), name="word_once")],
            },
        ),
        migrations.CreateModel(
            name="Encoding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                (
                    "picture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.picture"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="encoding_due")],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_id", models.BigIntegerField()),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "word",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.word"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "-weight", "-subject_id"], name="posting_best")],
                "constraints": [models.UniqueConstraint(fields=("subject_id", "word"), name="posting_once")],
            },
        ),
        migrations.CreateModel(
            name="Near",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shape", moothall.core.models.Folded(max_length=32)),
                (
                    "word",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.word"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shape", "word"), name="near_once")],
            },
        ),
    ]
