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
            name="Book",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("currency", models.CharField(max_length=6)),
                (
                    "owner",
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
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name", "currency"), name="one_book"),
                    models.UniqueConstraint(
                        condition=models.Q(("owner", None)), fields=("name", "currency"), name="one_hall_book"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of_kind", models.CharField(max_length=30)),
                ("of_id", models.BigIntegerField()),
                ("whole", models.BigIntegerField()),
                ("reversed", models.BigIntegerField(default=0)),
                ("currency", models.CharField(max_length=6)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("of_kind", "of_id"), name="one_cause"),
                    models.CheckConstraint(condition=models.Q(("whole__gt", 0)), name="cause_is_something"),
                    models.CheckConstraint(
                        condition=models.Q(("reversed__gte", 0), ("reversed__lte", models.F("whole"))),
                        name="reversed_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("amount", models.BigIntegerField()),
                ("balancing", models.BooleanField(default=False)),
                (
                    "book",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.book"),
                ),
                (
                    "cause",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.cause"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("cause", "rule", "book"), name="posted_once")],
            },
        ),
        migrations.CreateModel(
            name="Transaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.cause",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField()),
                (
                    "book",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.book"),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.posting",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.transaction"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="entry_is_something")
                ],
            },
        ),
    ]
