"""A column of paths and the beginning of a path in, a condition that an index answers on both databases out."""

from __future__ import annotations

from typing import Any

from django.db import models


class Under(models.Func):
    """True where the path begins with `path`, which ends in a slash.

    SQLite cannot use an index for LIKE with ESCAPE, PostgreSQL cannot for a range under most collations: so each gets
    the form it can use. A path holds digits and slashes only, nothing to escape; "0" is the character after "/".
    """

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, column: Any, path: str) -> None:
        self.path = path
        super().__init__(column, models.Value(path), models.Value(path[:-1] + "0"))

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> Any:
        """A range: the beginning itself and all that follow it before the next character."""
        column, column_values = compiler.compile(self.source_expressions[0])
        return f"({column} >= %s AND {column} < %s)", [*column_values, self.path, *column_values, self.path[:-1] + "0"]

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """LIKE, for the index of patterns that Django makes beside the plain one."""
        column, values = compiler.compile(self.source_expressions[0])
        return f"{column} LIKE %s", [*values, f"{self.path}%"]
