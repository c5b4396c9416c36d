from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
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
        migrations.AddField(
            model_name="capture",
            name="day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="capture",
            name="method",
            field=models.CharField(default="card", max_length=8),
        ),
        migrations.AddField(
            model_name="payment",
            name="method",
            field=models.CharField(default="card", max_length=8),
        ),
        migrations.AddField(
            model_name="payment",
            name="reminded",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ("card", "transfer"))), name="capture_method"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ("card", "transfer"))), name="payment_method"
            ),
        ),
    ]
