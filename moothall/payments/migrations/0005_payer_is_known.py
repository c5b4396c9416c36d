import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_who_pays"),
        ("payments", "0004_payer"),
    ]

    operations = [
        migrations.AlterField(
            model_name="payment",
            name="payer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.profile",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["payer", "state"], name="payment_of_payer"),
        ),
    ]
