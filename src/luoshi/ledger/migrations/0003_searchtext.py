import django.db.models.deletion
from django.db import migrations, models

import luoshi.documents.grams
from luoshi.documents import grams


class Migration(migrations.Migration):
    """What items are found by; it is filled, and its index made, when all tables are as they are to be."""

    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("grams", luoshi.documents.grams.Grams("words", editable=False, null=True)),
                (
                    "item",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search",
                        to="ledger.item",
                    ),
                ),
            ],
        ),
        migrations.RunPython(
            migrations.RunPython.noop,
            lambda apps, editor: grams.take_away(editor.connection, "ledger_searchtext"),
        ),
    ]
