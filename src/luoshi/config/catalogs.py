"""The catalogues of translations (.po) in, what Django reads of them (.mo) out; and the strings of the source.

English is in several files, one for each part of the house; the same string in two of them has the same English.

`python -m luoshi.config.catalogs` compiles; no gettext has to be on the machine. A build may run it by its path.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from luoshi.traditional import traditional

SOURCE = Path(__file__).resolve().parent.parent
INNER = Path("LC_MESSAGES", "django")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def compile_catalogs(folder: Path = SOURCE / "locale") -> list[Path]:
    """Write the .mo of English and of both Chinese under `folder`; the files written. Fuzzy entries are left out.

    The traditional one is made of the simplified, so that it is always whole. In the simplified one every string is its
    own translation: where English is the installation's language, Django would take the English of a string that the
    Chinese catalogue does not have.
    """
    english, simple, full = english_of(folder), Catalog(locale="zh_Hans"), Catalog(locale="zh_Hant")
    for entry in english:
        if entry.id:
            simple.add(entry.id, entry.id)
            full.add(entry.id, traditional(str(entry.id)))
    return [_write(catalog, folder / str(catalog.locale) / INNER) for catalog in (english, simple, full)]


def english_of(folder: Path = SOURCE / "locale") -> Catalog:
    """The English of all files under `folder`, in one catalogue.

    Raises:
        ValueError: a string has two translations.
    """
    whole = Catalog(locale="en")
    for path in sorted((folder / "en" / INNER.parent).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="en"):
                there = whole.get(entry.id) if entry.id else None
                if there is not None and there.string != entry.string:
                    raise ValueError(f"{path.name}: {entry.id!r} is {there.string!r} elsewhere")
                if entry.id:
                    whole.add(entry.id, entry.string, flags=entry.flags)
    return whole


def _write(catalog: Catalog, path: Path) -> Path:
    target = path.with_suffix(".mo")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    return target


def strings(room: Path) -> Iterator[tuple[str, Path]]:
    """Every string of `room` that is to be translated, with its file: of modules and of templates."""
    # Here, because a build compiles the catalogues without Django.
    from django.utils.translation.template import templatize

    for path in sorted([*room.rglob("*.py"), *room.rglob("templates/**/*.*")]):
        text = path.read_text("utf-8")
        code = text if path.suffix == ".py" else templatize(text)
        for _, message, _, _ in extract("python", io.BytesIO(code.encode()), KEYWORDS, (), {"encoding": "utf-8"}):
            yield (message if isinstance(message, str) else message[0]), path


if __name__ == "__main__":
    for made in compile_catalogs():
        print(made.relative_to(SOURCE))
