from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Each payment is its purchase's buyer's."""
    buyer = apps.get_model("orders", "Purchase").objects.filter(payment=OuterRef("pk")).values("buyer")
    apps.get_model("payments", "Payment").objects.filter(payer=None).update(payer=Subquery(buyer))


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_bank_transfer"),
        ("payments", "0004_payer"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
