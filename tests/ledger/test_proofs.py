"""Proofs of single events: they check without the database, and nothing in them can be changed unseen."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.ledger.chain.proof import disproofs
from luoshi.ledger.models import Event
from luoshi.ledger.proving.proofs import NoProof, prove
from luoshi.ledger.proving.sealing import line_of

from .sealed import Ledger, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Ledger:
    settings.MEDIA_ROOT = tmp_path
    return sealed()


def test_it_works(ledger: Ledger) -> None:
    proof = json.loads(json.dumps(prove(ledger.desks[0].row, 3)))
    assert disproofs(proof) == []
    assert proof["root"] == json.loads(ledger.exported[0])
    assert proof["event"]["verb"] == "sign"


def test_every_sealed_event_can_be_proved(ledger: Ledger) -> None:
    second = ledger.seal(3)
    proved = [prove(event.item, event.sequence) for event in Event.unguarded.select_related("item")]
    assert [disproofs(proof) for proof in proved] == [[]] * 12
    assert proved[-1]["root"]["seal"] in {line_of(second).seal, json.loads(ledger.exported[0])["seal"]}


def test_what_cannot_be_proved_is_said(ledger: Ledger) -> None:
    with pytest.raises(NoProof, match="has no event 9; its last is 5"):
        prove(ledger.desks[0].row, 9)
    with pytest.raises(NoProof, match="3号 2 is in no root yet"):
        prove(ledger.desks[2].row, 2)


CHANGES: list[tuple[Callable[[Any], Any], str]] = [
    (lambda proof: proof["event"].update(actor="9"), "its event was changed"),
    (lambda proof: proof["event"]["payload"].update(more=1), "its event was changed"),
    (lambda proof: proof["event"]["payload"].update(more=0.5), "is a float"),
    (lambda proof: proof["event"].update(more=1), "its event should hold id, item"),
    (lambda proof: proof["event"].update(algorithm="md5"), "none of the algorithms"),
    (lambda proof: proof.update(event=None), "cannot be read"),
    (lambda proof: proof.update(hash="00" * 32), "its event was changed"),
    (lambda proof: proof.update(index=proof["index"] + 1), "does not lead to the root of 2026-11-22"),
    (lambda proof: proof.update(size=12), "it speaks of 12 events, its root of 11"),
    (lambda proof: proof["way"].pop(), "does not lead to the root"),
    (lambda proof: proof["way"][0].update(hash="00" * 32), "does not lead to the root"),
    (lambda proof: proof.update(way=7), "cannot be read"),
    (lambda proof: proof["root"].update(size=12), "its root was changed"),
    (lambda proof: proof["root"].pop("seal"), "its root is no root"),
    (lambda proof: proof.update(root=[]), "its root is no root"),
    (lambda proof: proof.pop("hash"), "is no proof"),
    (lambda proof: proof.update(format="other"), "is no proof"),
]


def test_a_changed_proof_proves_nothing(ledger: Ledger) -> None:
    good = prove(ledger.desks[0].row, 3)
    for change, words in CHANGES:
        bad = copy.deepcopy(good)
        change(bad)
        found = disproofs(bad)
        assert found and words in found[0], found
    nothing: tuple[Any, ...] = (None, [], "x", 7)
    assert all(disproofs(each)[0].startswith("is no proof") for each in nothing)
