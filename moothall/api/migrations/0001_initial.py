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
            name="Spent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=64, unique=True)),
                ("minute", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("asked", models.CharField(max_length=400)),
                ("body", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("said", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="answer_age")],
                "constraints": [models.UniqueConstraint(fields=("actor", "key"), name="answer_once")],
            },
        ),
    ]
