from django.db import migrations

from luoshi.ledger import triggers


class Migration(migrations.Migration):
    """The database itself refuses to change or delete what was recorded."""

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.put(editor.connection),
            lambda apps, editor: triggers.take_away(editor.connection),
        )
    ]
