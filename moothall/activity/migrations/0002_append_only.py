"""The database itself keeps these rows as they were written."""

from django.db import migrations

from moothall.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]
    operations = [append_only("activity_act")]
