"""What somebody filled in and brought along in, the values of an event out, with every fault there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..playbook.nouns import Evidence, Field
from .faults import fault, listed
from .nouns import JSON, Fault
from .values import BadValue, is_blank, shown, value

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Far more than anybody reads before closing one item.
MOST_FILES = 50


class Filled(NamedTuple):
    """Values by field, texts apart from facts, and what is wrong with the rest."""

    facts: dict[str, JSON]
    texts: dict[str, str]
    faults: tuple[Fault, ...]


def filled(asked: Iterable[Field], given: Mapping[str, JSON]) -> Filled:
    """Read what was given for the fields asked; what was left blank is left out."""
    fields = {field.key: field for field in asked}
    facts: dict[str, JSON] = {}
    texts: dict[str, str] = {}
    wrong = [fault("unknown_field", shown(key)) for key in given if key not in fields]
    for key, field in fields.items():
        raw = given.get(key)
        if is_blank(raw) and not _nobody(field, raw):
            wrong += [fault("missing_field", key)] if field.required else []
            continue
        try:
            (texts if field.kind == "text" else facts)[key] = value(field, raw)
        except BadValue as bad:
            wrong.append(bad.fault)
    return Filled(facts, texts, tuple(wrong))


def _nobody(field: Field, raw: JSON) -> bool:
    """Where units must be said, an empty list says that there are none any more."""
    return field.required and field.kind == "units" and raw in ([], ())


def evidence_faults(asked: Evidence, given: Sequence[tuple[str, str]]) -> tuple[Fault, ...]:
    """What is wrong with the files brought: too few, too many, of a kind that is not taken, named wrongly."""
    wrong = []
    for kind, sha256 in given:
        if kind not in asked.kinds:
            wrong.append(fault("wrong_evidence", "evidence", value=shown(kind), kinds=listed(asked.kinds)))
        elif not (isinstance(sha256, str) and SHA256.fullmatch(sha256)):
            wrong.append(fault("bad_field", "evidence", value=shown(sha256), expected="SHA-256"))
    files = {sha256 for _, sha256 in given}
    if len(files) < asked.at_least:
        wrong.append(fault("missing_evidence", "evidence", at_least=asked.at_least, given=len(files)))
    if len(files) < len(given):
        wrong.append(fault("twice", "evidence", value=next(s for _, s in given if [g[1] for g in given].count(s) > 1)))
    if len(given) > MOST_FILES:
        wrong.append(fault("too_many", "evidence", most=MOST_FILES))
    return tuple(wrong)
