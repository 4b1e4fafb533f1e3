"""What an item shall begin with in, the payload of its first event out, or every reason why not; what it then is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from ..playbook.nouns import Playbook
from . import tapes
from .days import day
from .faults import fault, listed
from .filling import SHA256, filled
from .guards import unconfirmed
from .nouns import JSON, Entry, Fault, Hand, ItemState, Quotation, Step, World
from .values import LARGEST, BadValue, day_of, is_blank, key_of, shown, storable, units, words

# A directive with its measures, as long as a paragraph of a plan.
LONGEST_WORDS = 2000
# Of a quotation: a paragraph, and as much of what stands around it as tells it from another.
LONGEST_QUOTE = 20_000


class Unreplayable(ValueError):
    """Entries that no machine can have made: which, and what is wrong with it."""


def opening(
    playbook: Playbook, fields: Mapping[str, JSON], hand: Hand, world: World, now: datetime
) -> Step | tuple[Fault, ...]:
    """The step that opens an item (立项): `fields` are list, place, line, words, quotation, lead, supports, due, parent
    and those of the playbook; its number comes with the event. A part of a split has a parent, begins where the
    playbook says of parts, and need not say again what its parent says.

    Raises ValueError where `now` says no time zone."""
    today = day(now)
    is_part = not is_blank(fields.get("parent"))
    who = playbook.opening.who if not is_part else playbook.opening.parts.who if playbook.opening.parts else ()
    if not hand.who & set(who):
        return (fault("not_yours", verb="open", who=listed(who)),)
    asked = (f._replace(required=f.required and not is_part) for f in playbook.opening.fields)
    own = filled(asked, {key: raw for key, raw in fields.items() if key not in CORE})
    payload, wrong = _core(fields)
    wrong += own.faults
    wrong += _beginning(playbook, fields, payload, world, today) if not wrong else ()
    return tuple(wrong) if wrong else Step({**payload, "fields": own.facts}, own.texts)


def begin(playbook: Playbook, entry: Entry) -> ItemState:
    """What an item is after its first entry. Raises Unreplayable."""
    if entry.verb != "open" or entry.sequence != 1:
        raise Unreplayable(f"entry {entry.sequence} {entry.verb}: the first entry of an item is 1 open")
    with readable(entry):
        return _begun(playbook, entry)


@contextmanager
def readable(entry: Entry) -> Iterator[None]:
    """What goes wrong inside is said as what it is: a payload that no machine can have written. Raises Unreplayable."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        said = f"entry {entry.sequence} {entry.verb}: its payload cannot be read: {type(wrong).__name__} {wrong}"
        raise Unreplayable(said) from wrong


def _begun(playbook: Playbook, entry: Entry) -> ItemState:
    given = entry.payload
    parts = playbook.opening.parts
    state = playbook.state(parts.to if parts and given["parent"] else playbook.opening.to)
    texts = {field.key for field in playbook.opening.fields if field.kind == "text"}
    opened = ItemState(
        playbook=entry.playbook,
        version=entry.version,
        list=given["list"],
        number=given["number"],
        state=state.key,
        kind=state.kind,
        sequence=entry.sequence,
        place=given["place"],
        line=given["line"],
        words=given["words"],
        quotation=Quotation(**given["quotation"]) if given["quotation"] else None,
        lead=given["lead"],
        supports=tuple(given["supports"]),
        due=date.fromisoformat(given["due"]) if given["due"] else None,
        parent=given["parent"],
        opened_by=f"{entry.actor.kind}:{entry.actor.id}",
        opened_on=day(entry.occurred_at),
        facts={key: value for key, value in given["fields"].items() if key not in texts},
    )
    return replace(opened, clocks=tapes.kept(playbook, {}, opened, entry))


def _core(fields: Mapping[str, JSON]) -> tuple[dict[str, JSON], list[Fault]]:
    """What every item begins with, whatever its playbook."""
    payload: dict[str, JSON] = {}
    wrong = []
    for key, (read, required) in CORE.items():
        raw = fields.get(key)
        payload[key] = [] if key == "supports" else None
        if is_blank(raw):
            wrong += [fault("missing_field", key)] if required else []
            continue
        try:
            payload[key] = read(key, raw)
        except BadValue as bad:
            wrong.append(bad.fault)
    return payload, wrong


def _beginning(
    playbook: Playbook, fields: Mapping[str, JSON], payload: Mapping[str, JSON], world: World, today: date
) -> list[Fault]:
    """What is wrong with the whole, each field being right."""
    wrong = []
    lists = [key for key, _ in playbook.lists]
    if payload["list"] not in lists:
        wrong.append(fault("unknown_list", "list", value=shown(payload["list"])))
    if payload["lead"] and payload["lead"] in payload["supports"]:
        wrong.append(fault("lead_supports", "supports", unit=payload["lead"]))
    if payload["parent"]:
        wrong += [fault("missing_field", "lead")] if not payload["lead"] else []
        wrong += [missing] if (missing := unconfirmed(payload, world, "lead")) else []
        # It is dispatched at once, and nothing is dispatched with a deadline that has passed.
        if payload["due"] and date.fromisoformat(payload["due"]) < today:
            wrong.append(fault("in_the_past", "due", day=payload["due"]))
    elif _groundless(playbook, fields):
        wrong.append(fault("missing_field", "basis"))
    return wrong


def _groundless(playbook: Playbook, fields: Mapping[str, JSON]) -> bool:
    """No quote, no task: an item without a quotation says what else it rests on, where the playbook asks for that."""
    asked = any(field.key == "basis" for field in playbook.opening.fields)
    return asked and is_blank(fields.get("quotation")) and is_blank(fields.get("basis"))


def _words(key: str, raw: JSON) -> str:
    return words(key, raw, LONGEST_WORDS)


def _quotation(key: str, raw: JSON) -> dict[str, JSON]:
    """A quotation as it stands in an event; its words stay as they are. Raises BadValue."""
    given = raw._asdict() if isinstance(raw, Quotation) else raw
    expected = "source, exact, start, end, prefix, suffix"
    if not isinstance(given, Mapping) or not set(given) <= set(Quotation._fields):
        raise BadValue(fault("bad_field", key, value="", expected=expected))
    said = {name: given.get(name, "") for name in ("source", "exact", "prefix", "suffix")}
    start, end = given.get("start"), given.get("end")
    if not all(isinstance(text, str) and _quotable(text) for text in said.values()) or not said["exact"]:
        raise BadValue(fault("bad_field", f"{key}.exact", value="", expected="text"))
    if not SHA256.fullmatch(said["source"]):
        raise BadValue(fault("bad_field", f"{key}.source", value=shown(said["source"]), expected="SHA-256"))
    # A boolean is an integer to Python, and not to anybody else.
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= LARGEST:
        raise BadValue(fault("bad_field", f"{key}.start", value=shown(f"{start}–{end}"), expected="0 ≤ start < end"))
    return {**said, "start": start, "end": end}


def _quotable(text: str) -> bool:
    return len(text) <= LONGEST_QUOTE and storable(text)


# What every opening asks for: how it is read, and whether it must be there.
CORE: dict[str, tuple[Callable[[str, JSON], JSON], bool]] = {
    "list": (key_of, True),
    "place": (key_of, True),
    "line": (key_of, False),
    "words": (_words, True),
    "quotation": (_quotation, False),
    "lead": (key_of, False),
    "supports": (units, False),
    "due": (day_of, False),
    "parent": (key_of, False),
}
