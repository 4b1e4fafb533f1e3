"""What somebody chooses: kept sealed, checked when typed, erased when asked for, and never seen by anybody else."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
from django.db import connection

from luoshi.config.logs import PlainFacts
from luoshi.delivery.actions import Choice, choose, forget, target_of, try_again
from luoshi.delivery.fanning import fan_out
from luoshi.delivery.faults import SENDING, TARGETS, Failed, Refused, told
from luoshi.delivery.models import Channel, Delivery, Kind
from luoshi.delivery.running import deliver
from luoshi.delivery.sealing import Secrets, seal, unseal
from luoshi.delivery.sending.ready import SENDERS
from tests.ledger.office import NOW, Desk, Office, at

from .conftest import AT_ONCE, Wants
from .servers import gateway

pytestmark = pytest.mark.django_db
HOOK = "http://127.0.0.1:9000/hook?token=very-secret-token"


@pytest.fixture(autouse=True)
def _allowed(settings: Any) -> None:
    settings.LUOSHI_WEBHOOK_HOSTS = ("127.0.0.1:9000",)


def test_it_works(there: Office, wants: Wants) -> None:
    channel = wants("water", Kind.WEBHOOK, HOOK)
    assert target_of(channel) == HOOK and len(unseal(channel.sealed).secret) > 40
    # An empty field leaves what there is; the secret stays until a new one is asked for.
    again = wants("water", Kind.WEBHOOK, "")
    assert unseal(again.sealed) == unseal(channel.sealed)
    renewed = wants("water", Kind.WEBHOOK, "", renew=True)
    assert unseal(renewed.sealed).secret != unseal(channel.sealed).secret


def test_nothing_of_it_can_be_read_in_the_database(there: Office, wants: Wants) -> None:
    channel = wants("water", Kind.WEBHOOK, HOOK)
    wants("water", Kind.MAIL, "clerk@example.gov.cn")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_channel")
        rows = repr(cursor.fetchall())
    for secret in ("very-secret-token", "127.0.0.1", "clerk@", unseal(channel.sealed).secret):
        assert secret not in rows


def test_another_key_reads_nothing_and_is_told(there: Office, desk: Desk, wants: Wants, settings: Any) -> None:
    channel = wants("water", Kind.WEBHOOK, HOOK)
    settings.SECRET_KEY = "another key altogether, as after a restore elsewhere"
    with pytest.raises(Failed):
        unseal(channel.sealed)
    assert target_of(channel) == ""
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert deliver(lambda: at(2)).dead == 1
    assert Delivery.unguarded.get().error == "sealed"


def test_what_is_sealed_twice_looks_different_and_cannot_be_changed() -> None:
    one, other = seal(Secrets("a")), seal(Secrets("a"))
    assert one != other and unseal(one) == unseal(other)
    with pytest.raises(Failed):
        unseal(one[:20] + ("A" if one[20] != "A" else "B") + one[21:])


REFUSED = [
    (Kind.WEBHOOK, "http://169.254.169.254/", "host"),
    (Kind.WEBHOOK, "ftp://127.0.0.1:9000/", "scheme"),
    (Kind.MAIL, "nobody", "mail"),
    (Kind.DINGTALK, "https://evil.example/", "token"),
]


@pytest.mark.parametrize(("kind", "said", "code"), REFUSED)
def test_what_is_refused_changes_nothing(kind: str, said: str, code: str, there: Office) -> None:
    with pytest.raises(Refused) as refused:
        choose(there["water"], kind, Choice(True, said, "", AT_ONCE), NOW)
    assert refused.value.code == code and not Channel.unguarded.exists()


def test_an_address_that_is_never_sent_to_is_refused_when_typed_even_where_it_is_listed(
    there: Office, settings: Any
) -> None:
    settings.LUOSHI_WEBHOOK_HOSTS = ("169.254.169.254", "10.1.2.3")
    with pytest.raises(Refused) as refused:
        choose(there["water"], Kind.WEBHOOK, Choice(True, "http://169.254.169.254/", "", AT_ONCE), NOW)
    assert refused.value.code == "never"
    choose(there["water"], Kind.WEBHOOK, Choice(True, "http://10.1.2.3/", "", AT_ONCE), NOW)


def test_a_way_that_is_not_offered_is_refused(there: Office, settings: Any) -> None:
    settings.LUOSHI_CHANNELS = ("mail",)
    with pytest.raises(Refused):
        choose(there["water"], Kind.WEBHOOK, Choice(True, HOOK, "", AT_ONCE), NOW)


def test_erasing_takes_the_address_and_what_waits_and_leaves_the_messages(
    there: Office, desk: Desk, wants: Wants
) -> None:
    wants("water", Kind.WEBHOOK, HOOK)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    fan_out(at(2))
    assert forget(there["water"], Kind.values, at(2)) == 1
    channel = Channel.unguarded.get()
    assert (channel.sealed, channel.on) == ("", False)
    assert Delivery.unguarded.get().state == Delivery.State.DROPPED
    assert deliver(lambda: at(3)).waiting == 0
    assert forget(there["water"], Kind.values, at(2)) == 0


def test_a_new_choice_moves_what_waits(there: Office, desk: Desk, wants: Wants) -> None:
    night = AT_ONCE._replace(quiet_from=datetime.time(0), quiet_to=datetime.time(23, 59))
    wants("water", Kind.WEBHOOK, HOOK, night)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    fan_out(at(2))
    assert Delivery.unguarded.get().due_at > at(8)
    wants("water", Kind.WEBHOOK, "")
    assert Delivery.unguarded.get().due_at == NOW


def test_administrators_try_again_for_the_people_they_look_after(
    there: Office, desk: Desk, wants: Wants, reach: Any
) -> None:
    with gateway(404, 200) as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
        assert deliver(lambda: at(2)).dead == 1
        dead = Delivery.unguarded.get().pk
        for name in ("city", "mayor", "civil", "elsewhere"):
            assert try_again(there[name].scope_today, [dead], at(3)) == 0, name
        assert try_again(there["admin"].scope_today, [dead], at(3)) == 1
        assert deliver(lambda: at(3)).sent == 1
        assert try_again(there["admin"].scope_today, None, at(4)) == 0


def test_no_address_is_logged(
    there: Office, desk: Desk, wants: Wants, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong on the way, at the most talkative level."""
    caplog.set_level(logging.DEBUG)
    wants("water", Kind.WEBHOOK, HOOK)
    wants("water_head", Kind.DINGTALK, "abcdef0123456789")
    wants("water_head", Kind.MAIL, "clerk@example.gov.cn")

    def broken(*_: Any) -> None:
        raise RuntimeError("very-secret-token in the words of a fault")

    monkeypatch.setitem(SENDERS, Kind.WEBHOOK, broken)
    monkeypatch.setattr("socket.getaddrinfo", broken)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    deliver(lambda: at(2))
    lines = "\n".join(PlainFacts().format(record) for record in caplog.records)
    assert "a letter could not be sent" in lines
    for secret in ("very-secret-token", "abcdef0123456789", "clerk@example", "127.0.0.1:9000"):
        assert secret not in lines


def test_every_code_has_its_words() -> None:
    for code in (*SENDING, *TARGETS):
        assert told(code) and len(code) <= 20, code
