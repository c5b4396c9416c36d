import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ideas", "0001_initial"),
        ("orders", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Payee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.CharField(max_length=70)),
                ("iban", models.CharField(max_length=34)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="payout_number")],
            },
        ),
        migrations.CreateModel(
            name="PayoutLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.CharField(max_length=70)),
                ("iban", models.CharField(max_length=34)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "payout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="credit.payout"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-payout"], name="payouts_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("payout", "person", "currency"), name="paid_out_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payout_is_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Split",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("note", models.CharField(blank=True, default="", max_length=400)),
                ("state", models.CharField(default="proposed", max_length=8)),
                ("stood", models.DateTimeField(blank=True, null=True)),
                ("record", models.CharField(max_length=64)),
                ("answer", models.CharField(blank=True, default="", max_length=400)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "declined_by",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("proposed", "standing", "replaced", "declined", "back"))),
                        name="split_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("standing", "replaced")), ("stood__isnull", False)),
                            models.Q(models.Q(("state__in", ("standing", "replaced")), _negated=True), ("stood", None)),
                            _connector="OR",
                        ),
                        name="split_stood",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_by__isnull", False), ("state", "declined")),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("declined_by", None)),
                            _connector="OR",
                        ),
                        name="split_declined",
                    ),
                    models.UniqueConstraint(fields=("idea", "number"), name="one_split_a_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")), fields=("idea",), name="one_proposed_split"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "standing")), fields=("idea",), name="one_standing_split"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Royalty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("rate", models.PositiveIntegerField()),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("sold", models.DateTimeField()),
                ("posted", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                    ),
                ),
                (
                    "split",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="credit.split",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(condition=models.Q(("dead", None)), fields=["due"], name="royalty_due"),
                    models.Index(condition=models.Q(("posted", None)), fields=["idea"], name="royalty_waits"),
                    models.Index(fields=["brand", "idea"], name="royalty_of_brand"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("rate__gte", 1), ("rate__lte", 10000)),
                        name="royalty_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posted", None), ("split", None)),
                            models.Q(("posted__isnull", False), ("split__isnull", False)),
                            _connector="OR",
                        ),
                        name="royalty_posted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveIntegerField()),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("signed", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "split",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="credit.split"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-split"], name="parts_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("split", "person"), name="one_part"),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 1), ("points__lte", 10000)), name="part_points"
                    ),
                ],
            },
        ),
    ]
