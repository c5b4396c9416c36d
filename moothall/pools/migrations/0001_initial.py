import django.db.models.deletion
import moothall.core.clock
import moothall.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("orders", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("words", models.CharField(blank=True, default="", max_length=400)),
                ("minimum", models.PositiveIntegerField()),
                ("most", models.PositiveIntegerField(blank=True, null=True)),
                ("opened", models.DateTimeField(default=moothall.core.clock.now)),
                ("deadline", models.DateTimeField(blank=True, null=True)),
                ("grace_days", models.PositiveSmallIntegerField(default=3)),
                ("currency", models.CharField(max_length=3)),
                ("stage", models.CharField(default="open", max_length=9)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("people", models.PositiveIntegerField(default=0)),
                ("wound_up", models.DateTimeField(blank=True, null=True)),
                ("concept", models.BooleanField(default=False)),
                ("promised", models.DateField(blank=True, null=True)),
                ("first_promised", models.DateField(blank=True, null=True)),
                ("moved", models.DateTimeField(blank=True, null=True)),
                ("moved_why", models.CharField(blank=True, default="", max_length=400)),
                ("late", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
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
                "abstract": False,
                "indexes": [
                    models.Index(condition=models.Q(("dead", None)), fields=["due"], name="pool_due"),
                    models.Index(fields=["product", "-id"], name="pool_of_product"),
                    models.Index(fields=["stage", "deadline", "id"], name="pool_by_deadline"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ("gathering", "open", "won", "lost", "ended", "cancelled"))),
                        name="pool_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concept", True), ("deadline", None), ("stage", "gathering")),
                            models.Q(("concept", True), ("stage", "cancelled")),
                            models.Q(models.Q(("stage", "gathering"), _negated=True), ("deadline__isnull", False)),
                            _connector="OR",
                        ),
                        name="pool_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("promised", None), ("concept", True), _connector="OR"), name="pool_promised"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_promised", None), ("moved", None)),
                            models.Q(("first_promised__lt", models.F("promised")), ("moved__isnull", False)),
                            _connector="OR",
                        ),
                        name="pool_moved",
                    ),
                    models.CheckConstraint(condition=models.Q(("minimum__gte", 1)), name="pool_minimum"),
                    models.CheckConstraint(
                        condition=models.Q(("most", None), ("most__gte", models.F("minimum")), _connector="OR"),
                        name="pool_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "open"), _negated=True),
                            ("most", None),
                            ("pieces__lte", models.F("most")),
                            _connector="OR",
                        ),
                        name="pool_within",
                    ),
                    models.CheckConstraint(condition=models.Q(("grace_days__range", (1, 14))), name="pool_grace"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided", None), ("stage__in", ("gathering", "open"))),
                            models.Q(
                                models.Q(("stage__in", ("gathering", "open")), _negated=True),
                                ("decided__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pool_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price__gt", 0), ("stage__in", ("won", "ended"))),
                            models.Q(models.Q(("stage__in", ("won", "ended")), _negated=True), ("price", None)),
                            _connector="OR",
                        ),
                        name="pool_price",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ("gathering", "open"))),
                        fields=("product",),
                        name="one_open_pool",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("quantity", models.PositiveSmallIntegerField()),
                ("limit", models.BigIntegerField()),
                ("sending", models.BigIntegerField(default=0)),
                ("sending_words", models.CharField(blank=True, default="", max_length=100)),
                ("tax_rate", models.PositiveIntegerField(blank=True, null=True)),
                ("sending_tax", models.PositiveIntegerField(default=0)),
                ("tax_included", models.BooleanField(default=True)),
                ("state", models.CharField(default="started", max_length=9)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=100)),
                ("street", models.CharField(max_length=200)),
                ("postcode", models.CharField(max_length=20)),
                ("town", models.CharField(max_length=100)),
                ("country", models.CharField(max_length=2)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("session", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("page", models.CharField(blank=True, default="", max_length=2000)),
                ("customer", models.CharField(blank=True, default="", max_length=200)),
                ("card", models.CharField(blank=True, default="", max_length=200)),
                ("card_brand", models.CharField(blank=True, default="", max_length=20)),
                ("last4", models.CharField(blank=True, default="", max_length=4)),
                ("refused", models.DateTimeField(blank=True, null=True)),
                ("tried", models.PositiveSmallIntegerField(default=0)),
                ("asked", models.DateTimeField(blank=True, null=True)),
                ("offered", models.DateTimeField(blank=True, null=True)),
                (
                    "came_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="pools.pledge",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "purchase",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.purchase",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pools.pool"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(condition=models.Q(("dead", None)), fields=["due"], name="pledge_due"),
                    models.Index(fields=["pool", "state"], name="pledge_of_pool"),
                    models.Index(fields=["person", "-id"], name="pledge_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "started",
                                    "standing",
                                    "asked",
                                    "withdrawn",
                                    "released",
                                    "unmet",
                                    "due",
                                    "paid",
                                    "failing",
                                    "dropped",
                                    "returning",
                                    "returned",
                                ),
                            )
                        ),
                        name="pledge_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit__gt", 0), ("quantity__range", (1, 99)), ("sending__gte", 0)),
                        name="pledge_is_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("started", "standing", "asked", "due", "failing", "paid"))),
                        fields=("pool", "person"),
                        name="one_pledge",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("words", models.CharField(max_length=140)),
                ("due", models.DateField()),
                ("first_due", models.DateField(blank=True, null=True)),
                ("why", models.CharField(blank=True, default="", max_length=400)),
                ("note", models.CharField(blank=True, default="", max_length=400)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                ("done", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="pools.pool"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["pool", "due", "id"], name="milestone_of_pool")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_due", None), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="milestone_moved_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField()),
                ("price", models.BigIntegerField()),
                (
                    "pool",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="pools.pool"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "pieces"), name="tier_once"),
                    models.UniqueConstraint(fields=("pool", "price"), name="tier_price_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pieces__gte", 1), ("price__gt", 0)), name="tier_is_something"
                    ),
                ],
            },
        ),
    ]
