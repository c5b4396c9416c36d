"""The database itself keeps these rows as they were written."""

from django.db import migrations

from moothall.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [append_only("ledger_entry"), append_only("ledger_posting"), append_only("ledger_transaction")]
