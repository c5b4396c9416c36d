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
            name="Bank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.CharField(max_length=70)),
                ("account", models.CharField(max_length=40)),
                ("bic", models.CharField(blank=True, default="", max_length=11)),
                ("name", models.CharField(blank=True, default="", max_length=70)),
                ("days", models.PositiveSmallIntegerField(default=7)),
                ("offered", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_bank"),
                    models.CheckConstraint(condition=models.Q(("days__range", (1, 30))), name="bank_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("state", models.CharField(default="open", max_length=5)),
                ("method", models.CharField(default="card", max_length=8)),
                ("made", models.DateTimeField(default=moothall.core.clock.now)),
                ("expires", models.DateTimeField()),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("session", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("page", models.CharField(blank=True, default="", max_length=2000)),
                ("settled", models.DateTimeField(blank=True, null=True)),
                ("reminded", models.DateTimeField(blank=True, null=True)),
                (
                    "payer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["payer", "state"], name="payment_of_payer")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="payment_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "paid", "ended"))), name="payment_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ("card", "transfer", "kept"))), name="payment_method"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="payments.payment"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="check_due")],
            },
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("intent", models.CharField(max_length=200, unique=True)),
                ("amount", models.BigIntegerField()),
                ("use", models.CharField(max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("method", models.CharField(default="card", max_length=8)),
                ("day", models.DateField(blank=True, null=True)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ("card", "transfer"))), name="capture_method"
                    ),
                    models.UniqueConstraint(condition=models.Q(("use", "kept")), fields=("payment",), name="kept_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("state", models.CharField(default="due", max_length=6)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("provider_id", models.CharField(blank=True, default="", max_length=200)),
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                (
                    "capture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.capture"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="payback_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payback_is_something")
                ],
            },
        ),
    ]
