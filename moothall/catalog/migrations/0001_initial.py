import django.db.models.deletion
import django.db.models.expressions
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
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("file", models.CharField(max_length=200)),
                ("sorted", models.CharField(blank=True, default="", max_length=200)),
                ("offset", models.BigIntegerField(default=0)),
                ("begun", models.DateTimeField(default=moothall.core.clock.now)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("refused", models.CharField(blank=True, default="", max_length=500)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("wrong", models.PositiveIntegerField(default=0)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="import_due")],
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField()),
                ("slug", models.CharField(blank=True, default="", max_length=255)),
                ("result", models.CharField(max_length=7)),
                ("said", models.CharField(blank=True, default="", max_length=300)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.import"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "row"), name="line_once")],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100)),
                ("handle", models.CharField(blank=True, default="", max_length=255)),
                ("title", models.CharField(max_length=140)),
                ("body", models.TextField(blank=True, default="", max_length=20000)),
                ("source_body", models.TextField(blank=True, default="", max_length=40000)),
                ("vendor", models.CharField(blank=True, default="", max_length=100)),
                ("type", models.CharField(blank=True, default="", max_length=100)),
                ("tags", models.CharField(blank=True, default="", max_length=500)),
                ("state", models.CharField(default="draft", max_length=9)),
                ("made", models.DateTimeField(default=moothall.core.clock.now)),
                ("published", models.DateTimeField(blank=True, null=True)),
                ("touched", models.DateTimeField(default=moothall.core.clock.now)),
                ("palette", models.CharField(default="stone", max_length=12)),
                ("currency", models.CharField(max_length=3)),
                ("tax", models.CharField(default="standard", max_length=8)),
                ("lowest", models.BigIntegerField(default=0)),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("place", models.PositiveIntegerField(default=0)),
                ("born", models.CharField(blank=True, default="", max_length=10)),
                ("born_version", models.PositiveIntegerField(default=0)),
                ("born_shapers", models.PositiveIntegerField(default=0)),
                ("more", models.JSONField(default=dict)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("product", "position"), name="option_position"),
                    models.CheckConstraint(condition=models.Q(("position__range", (1, 3))), name="three_options"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("alt", models.CharField(blank=True, default="", max_length=500)),
                ("source", models.CharField(blank=True, default="", max_length=1000)),
                ("failed", models.CharField(blank=True, default="", max_length=300)),
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
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="product",
            name="front",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.productpicture",
            ),
        ),
        migrations.CreateModel(
            name="PictureFetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateTimeField(default=moothall.core.clock.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("dead", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.productpicture"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("dead", None)), fields=["due"], name="picturefetch_due")],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("since", models.DateTimeField(default=moothall.core.clock.now)),
                ("words", models.TextField(blank=True, default="", max_length=2000)),
                ("asked", models.PositiveSmallIntegerField(default=0)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("product", "number"), name="revision_once")],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(default=moothall.core.ids.short, max_length=10, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("option1", models.CharField(blank=True, default="", max_length=100)),
                ("option2", models.CharField(blank=True, default="", max_length=100)),
                ("option3", models.CharField(blank=True, default="", max_length=100)),
                ("sku", models.CharField(blank=True, default="", max_length=100)),
                ("barcode", models.CharField(blank=True, default="", max_length=100)),
                ("grams", models.PositiveIntegerField(default=0)),
                ("price", models.BigIntegerField()),
                ("compare_at", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("gone", models.DateTimeField(blank=True, null=True)),
                ("more", models.JSONField(default=dict)),
                ("tracked", models.BooleanField(default=False)),
                ("imported", models.BigIntegerField(blank=True, null=True)),
                ("received", models.BigIntegerField(default=0)),
                ("available", models.BigIntegerField(default=0)),
                ("held", models.BigIntegerField(default=0)),
                ("sold", models.BigIntegerField(default=0)),
                ("written_off", models.BigIntegerField(default=0)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone", None)),
                        fields=("product", "option1", "option2", "option3"),
                        name="variant_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("price__gte", 0)), name="price_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available__gte", 0),
                            ("held__gte", 0),
                            ("received__gte", 0),
                            ("sold__gte", 0),
                            ("written_off__gte", 0),
                        ),
                        name="stock_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "received",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("available"), "+", models.F("held")
                                        ),
                                        "+",
                                        models.F("sold"),
                                    ),
                                    "+",
                                    models.F("written_off"),
                                ),
                            )
                        ),
                        name="stock_adds_up",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="productpicture",
            name="variant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalog.variant",
            ),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                ("tracked", models.BooleanField()),
                ("owner_kind", models.CharField(max_length=30)),
                ("owner_id", models.BigIntegerField()),
                ("state", models.CharField(default="held", max_length=8)),
                ("at", models.DateTimeField(default=moothall.core.clock.now)),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner_kind", "owner_id", "variant"), name="hold_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="hold_something"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["state", "-published", "-id"], name="product_newest"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["brand", "state", "-published", "-id"], name="product_of_brand"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["-touched"], name="product_touched"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(fields=("brand", "slug"), name="slug_once"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("handle", ""), _negated=True), fields=("brand", "handle"), name="handle_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "published", "archived", "concept"))), name="product_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("tax__in", ("standard", "reduced", "zero"))), name="product_tax"
            ),
        ),
        migrations.AddIndex(
            model_name="productpicture",
            index=models.Index(fields=["product", "position"], name="picture_place"),
        ),
    ]
