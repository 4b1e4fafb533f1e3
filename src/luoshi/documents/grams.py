"""A model with words in, its index of pairs of characters out, in either database; and what is looked for in it.

PostgreSQL: a `tsvector` with a GIN index. SQLite: text with an FTS5 table beside it, kept by triggers. No word breaking
of a database is asked: it finds no word of two Chinese characters (PostgreSQL) or none shorter than three (SQLite).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func

from luoshi.reading.folding import bigrams, folded

# One of several alternatives, each of them phrases that all must stand there; a phrase is grams one after the other.
Phrase = tuple[str, ...]
Wanted = tuple[tuple[Phrase, ...], ...]


# Django's classes take no type arguments at run time.
if TYPE_CHECKING:
    Column = models.Field[Any, Any]
    Lookup = models.Lookup[Any]
else:
    Column, Lookup = models.Field, models.Lookup


class _Derived:
    """The attribute of a column that is always made of the words: what is read from the database is passed over."""

    def __init__(self, name: str, of: str) -> None:
        self.name, self.of = name, of

    def __get__(self, row: models.Model | None, owner: type | None = None) -> Any:
        return self if row is None else bigrams(folded(getattr(row, self.of)))

    def __set__(self, row: models.Model, value: object) -> None:
        # Django takes a column that is not there for one it was told not to load, and saves it not.
        row.__dict__[self.name] = None


class Grams(Column):
    """The pairs of characters of another column of the row, `of`; nobody sets it."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{"null": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, arguments, options = super().deconstruct()
        return name, path, [self.of, *arguments], options

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Take the attribute over."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Derived(self.attname, self.of))

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The type of the column."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """As the column holds it; PostgreSQL wants each in quotes, and none of them holds one."""
        if value is None or isinstance(value, str):
            return value
        if connection.vendor == "postgresql":
            return " ".join(f"'{gram}'" for gram in dict.fromkeys(value))
        return " ".join(value)


@Grams.register_lookup
class Match(Lookup):
    """`grams__match=wanted`: rows in which one of the alternatives stands."""

    lookup_name = "match"

    def get_prep_lookup(self) -> Any:
        """As it is."""
        return self.rhs

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        """SQL of either database."""
        column: Any = self.lhs
        if connection.vendor == "postgresql":
            sql, params = self.process_lhs(compiler, connection)
            return f"{sql} @@ %s::tsquery", (*params, _tsquery(self.rhs))
        beside = index_of(column.target.model._meta.db_table)
        return f'"{column.alias}"."id" IN (SELECT rowid FROM {beside} WHERE {beside} MATCH %s)', (_fts(self.rhs),)


class Shared(Func):
    """How much of some grams a row has, to put the most alike first; numbers of two databases cannot be compared."""

    output_field = models.FloatField()

    def __init__(self, column: str, grams: Phrase) -> None:
        super().__init__(column)
        self.grams = grams

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        """By the text search's own rank."""
        column, params = compiler.compile(self.source_expressions[0])
        return f"ts_rank({column}, %s::tsquery)", (*params, _tsquery(tuple(((gram,),) for gram in self.grams)))

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        """By counting."""
        column, params = compiler.compile(self.source_expressions[0])
        each = " + ".join(f"(instr({column}, %s) > 0)" for _ in self.grams)
        return f"({each})", tuple(value for gram in self.grams for value in (*params, gram))


def _tsquery(wanted: Wanted) -> str:
    return " | ".join("(" + " & ".join(f"'{g}'" for phrase in every for g in phrase) + ")" for every in wanted)


def _fts(wanted: Wanted) -> str:
    return " OR ".join("(" + " AND ".join(f'"{" ".join(phrase)}"' for phrase in every) + ")" for every in wanted)


class _Trigger(NamedTuple):
    name: str
    sql: str


def index_of(table: str) -> str:
    """What the index of a table is called: an FTS5 table on SQLite."""
    return f"{table}_grams"


def put(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make the index of a table; what is there is made anew of the rows."""
    take_away(connection, table)
    beside = index_of(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE INDEX {beside} ON {table} USING gin (grams)")
            return
        # `ascii`: every other character is part of a word, whatever Unicode this SQLite knows.
        cursor.execute(
            f"CREATE VIRTUAL TABLE {beside} USING fts5(grams, content='{table}', content_rowid='id', tokenize='ascii')"
        )
        for trigger in _triggers(table):
            cursor.execute(trigger.sql)
        cursor.execute(f"INSERT INTO {beside}({beside}) VALUES ('rebuild')")


def take_away(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the index of a table away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP INDEX IF EXISTS {index_of(table)}")
            return
        for trigger in _triggers(table):
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
        cursor.execute(f"DROP TABLE IF EXISTS {index_of(table)}")


def there(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the table is there, with its column: not yet, or no more, where only some changes of tables were made."""
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        return any(each.name == "grams" for each in connection.introspection.get_table_description(cursor, table))


def whole(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the index of a table is there, with what keeps it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [index_of(table)])
            return bool(cursor.fetchone()[0])
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name = %s", [index_of(table)])
        found = dict(cursor.fetchall())
    return index_of(table) in found and all(found.get(trigger.name) == trigger.sql for trigger in _triggers(table))


def _triggers(table: str) -> tuple[_Trigger, ...]:
    """What keeps an FTS5 table of outside content (SQLite's documentation of FTS5, 4.4.3)."""
    beside = index_of(table)
    adds = f"INSERT INTO {beside}(rowid, grams) VALUES (NEW.id, NEW.grams);"
    takes = f"INSERT INTO {beside}({beside}, rowid, grams) VALUES ('delete', OLD.id, OLD.grams);"
    does = {"insert": ("INSERT", adds), "delete": ("DELETE", takes), "update": ("UPDATE OF id, grams", takes + adds)}
    return tuple(
        _Trigger(f"{beside}_{name}", f"CREATE TRIGGER {beside}_{name} AFTER {event} ON {table} BEGIN {body} END")
        for name, (event, body) in does.items()
    )
