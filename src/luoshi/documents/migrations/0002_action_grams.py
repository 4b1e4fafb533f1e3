from typing import Any

from django.db import migrations

import luoshi.documents.grams
from luoshi.documents import grams

# Rows of one statement.
BATCH = 500


def fill(apps: Any, editor: Any) -> None:
    """What each action is found by; the index itself is made when all tables are as they are to be."""
    model = apps.get_model("documents", "Action")
    rows = model._base_manager.order_by("pk").only("pk", "words")
    batch = []
    for row in rows.iterator(BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            model._base_manager.bulk_update(batch, ["grams"])
            batch = []
    model._base_manager.bulk_update(batch, ["grams"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="action",
            name="grams",
            field=luoshi.documents.grams.Grams("words", editable=False, null=True),
        ),
        migrations.RunPython(fill, lambda apps, editor: grams.take_away(editor.connection, "documents_action")),
    ]
