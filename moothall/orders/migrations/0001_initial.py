import django.db.models.deletion
import django.db.models.expressions
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("payments", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Basket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(blank=True, max_length=30, null=True, unique=True)),
                ("changed", models.DateTimeField(default=moothall.core.clock.now)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("code", models.CharField(blank=True, default="", max_length=30)),
                (
                    "owner",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.profile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("state", models.CharField(default="awaiting", max_length=8)),
                ("total", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("tax_included", models.BooleanField(default=True)),
                ("voucher", models.CharField(blank=True, default="", max_length=30)),
                ("paid", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cancellation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("reason", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("title", models.CharField(max_length=140)),
                ("label", models.CharField(blank=True, default="", max_length=320)),
                ("revision", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quantity", models.PositiveIntegerField()),
                ("price", models.BigIntegerField()),
                ("discount", models.BigIntegerField(default=0)),
                ("tax_rate", models.PositiveIntegerField(default=0)),
                ("tax", models.BigIntegerField(default=0)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("shipped", models.PositiveIntegerField(default=0)),
                ("returned", models.PositiveIntegerField(default=0)),
                ("withheld", models.PositiveIntegerField(default=0)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("origin_kind", models.CharField(blank=True, default="", max_length=12)),
                ("origin_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.variant",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("origin_id__isnull", False)),
                        fields=["origin_id", "origin_kind"],
                        name="line_origin",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0), ("quantity__gt", 0)), name="line_is_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discount__gte", 0),
                            (
                                "discount__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("price"), "*", models.F("quantity")
                                ),
                            ),
                        ),
                        name="discount_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tax__gte", 0), ("tax__lte", models.F("amount"))), name="tax_within"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "quantity__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("shipped"), "+", models.F("withheld")
                                ),
                            )
                        ),
                        name="shipped_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withheld__lte", models.F("returned"))), name="withheld_within"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("returned__lte", models.F("quantity"))), name="returned_within"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked__lte", models.F("shipped"))), name="asked_within"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revision", None), ("variant", None)),
                            models.Q(("revision__gte", 1), ("variant__isnull", False)),
                            _connector="OR",
                        ),
                        name="line_has_its_revision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Packing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Purchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("key", models.CharField(max_length=40)),
                ("body", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=100)),
                ("street", models.CharField(max_length=200)),
                ("postcode", models.CharField(max_length=20)),
                ("town", models.CharField(max_length=100)),
                ("country", models.CharField(max_length=2)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("share_reach", models.CharField(blank=True, default="", max_length=10)),
                ("share_words", models.CharField(blank=True, default="", max_length=400)),
                ("emptied", models.BooleanField(default=False)),
                (
                    "basket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="orders.basket",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payment"
                    ),
                ),
                (
                    "share_circle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.circle",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("buyer", "key"), name="purchase_once")],
            },
        ),
        migrations.AddField(
            model_name="order",
            name="purchase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.purchase"
            ),
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
                (
                    "payback",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payback"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="refund_is_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("sort", models.CharField(max_length=7)),
                ("number", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=24)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("total", models.BigIntegerField()),
                ("tax", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("data", models.JSONField()),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.refund",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "sort", "number"), name="invoice_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("sort", "invoice")), fields=("order",), name="invoice_of_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refund", None), ("sort", "invoice")),
                            models.Q(("refund__isnull", False), ("sort", "credit")),
                            _connector="OR",
                        ),
                        name="invoice_sort",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="invoice_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                ("amount", models.BigIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.refund"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("changed", models.DateTimeField(default=moothall.core.clock.now)),
                ("state", models.CharField(default="asked", max_length=9)),
                ("reason", models.CharField(max_length=7)),
                ("words", models.CharField(blank=True, default="", max_length=400)),
                ("answer", models.CharField(blank=True, default="", max_length=400)),
                ("carrier", models.CharField(blank=True, default="", max_length=60)),
                ("tracking", models.CharField(blank=True, default="", max_length=100)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.refund",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("asked", "agreed", "sent", "arrived"))),
                        fields=["order"],
                        name="return_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("refund", None), ("state", "closed"), _connector="OR"),
                        name="return_closed_by_refund",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                (
                    "back",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orders.return"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("back", "line"), name="return_line_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="return_line_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("words", models.CharField(blank=True, default="", max_length=400)),
                ("reach", models.CharField(max_length=10)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.circle",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn", None)), fields=["product", "-id"], name="share_product"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn", None)), fields=("line",), name="line_shared_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reach__in", ("public", "followers", "circle"))), name="share_reach"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reach", "circle"), _negated=True), ("circle__isnull", False), _connector="OR"
                        ),
                        name="share_has_circle",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("carrier", models.CharField(blank=True, default="", max_length=60)),
                ("tracking", models.CharField(blank=True, default="", max_length=100)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShipmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                    ),
                ),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.shipment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BasketLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveSmallIntegerField()),
                ("price", models.BigIntegerField()),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orders.basket"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("basket", "variant"), name="basket_line_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__range", (1, 99))), name="basket_quantity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort", models.CharField(max_length=7)),
                ("next", models.PositiveIntegerField(default=1)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("brand", "sort"), name="counter_once")],
            },
        ),
        migrations.CreateModel(
            name="Imprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal", models.CharField(max_length=100)),
                ("street", models.CharField(max_length=200)),
                ("postcode", models.CharField(max_length=20)),
                ("town", models.CharField(max_length=100)),
                ("country", models.CharField(max_length=2)),
                ("tax_number", models.CharField(blank=True, default="", max_length=20)),
                ("stem", models.CharField(max_length=8)),
                ("small_print", models.CharField(blank=True, default="", max_length=400)),
                ("return_days", models.PositiveSmallIntegerField(default=30)),
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("return_days__lte", 365)), name="return_days")
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField()),
                ("refunded", models.BigIntegerField(default=0)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payment"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("refunded__gte", 0), ("refunded__lte", models.F("amount"))),
                        name="refunded_within",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["brand", "state", "-paid"], name="order_desk"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(fields=("purchase", "brand"), name="order_per_brand"),
        ),
    ]
