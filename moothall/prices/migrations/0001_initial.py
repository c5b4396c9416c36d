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
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tax_included", models.BooleanField(default=True)),
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, unique=True)),
                ("words", models.CharField(blank=True, default="", max_length=100)),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("amount", models.BigIntegerField(blank=True, null=True)),
                ("minimum", models.BigIntegerField(default=0)),
                ("currency", models.CharField(max_length=3)),
                ("made", models.DateTimeField(default=moothall.core.clock.now)),
                ("begins", models.DateTimeField(default=moothall.core.clock.now)),
                ("ends", models.DateTimeField(blank=True, null=True)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("limit", models.PositiveIntegerField(blank=True, null=True)),
                ("each", models.PositiveIntegerField(blank=True, null=True)),
                ("used", models.PositiveIntegerField(default=0)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", None), ("percent__range", (1, 100))),
                            models.Q(("amount__gt", 0), ("percent", None)),
                            _connector="OR",
                        ),
                        name="voucher_worth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit", None), ("used__lte", models.F("limit")), _connector="OR"),
                        name="voucher_within_limit",
                    ),
                    models.CheckConstraint(condition=models.Q(("minimum__gte", 0)), name="voucher_minimum"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoucherCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=80)),
                ("used", models.PositiveIntegerField(default=0)),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="prices.voucher"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("voucher", "who"), name="voucher_count_once")],
            },
        ),
        migrations.CreateModel(
            name="VoucherUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner_kind", models.CharField(max_length=30)),
                ("owner_id", models.BigIntegerField()),
                ("mail", models.CharField(max_length=64)),
                ("amount", models.BigIntegerField()),
                ("state", models.CharField(default="held", max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="prices.voucher"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["voucher", "-id"], name="voucher_uses")],
                "constraints": [
                    models.UniqueConstraint(fields=("owner_kind", "owner_id", "voucher"), name="voucher_use_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="voucher_use_is_something"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("held", "used", "released"))), name="voucher_use_state"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(blank=True, default="", max_length=100)),
                ("up_to_grams", models.PositiveIntegerField(blank=True, null=True)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("free_from", models.BigIntegerField(blank=True, null=True)),
                (
                    "zone",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="prices.zone"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("zone", "up_to_grams"), name="rate_per_weight"),
                    models.UniqueConstraint(
                        condition=models.Q(("up_to_grams", None)), fields=("zone",), name="one_rate_without_weight"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="rate_amount"),
                    models.CheckConstraint(
                        condition=models.Q(("up_to_grams", None), ("up_to_grams__gt", 0), _connector="OR"),
                        name="rate_weight",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("free_from", None), ("free_from__gt", 0), _connector="OR"),
                        name="rate_free_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneCountry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="prices.zone"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("brand", "country"), name="country_in_one_zone")],
            },
        ),
        migrations.CreateModel(
            name="Tax",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                ("sort", models.CharField(max_length=8)),
                ("rate", models.PositiveIntegerField()),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "country", "sort"), name="tax_once"),
                    models.CheckConstraint(condition=models.Q(("sort__in", ("standard", "reduced"))), name="tax_sort"),
                    models.CheckConstraint(condition=models.Q(("rate__lte", 10000)), name="tax_rate"),
                ],
            },
        ),
    ]
