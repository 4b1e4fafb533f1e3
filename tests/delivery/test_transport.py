"""One POST to the address that was checked: in time, without redirects, whatever the server does."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from luoshi.delivery.faults import Failed, Refused
from luoshi.delivery.sending.judging import expect_robot_taken, expect_taken
from luoshi.delivery.targets import Target
from luoshi.delivery.transport import READ, Answer, post

from .servers import DRIP, HANG, gateway, silent

# Far longer than a loopback takes, far shorter than a test should.
SHORT = 0.4


def at(port: int, host: str = "127.0.0.1", scheme: str = "http") -> Target:
    return Target(scheme, host, port, "/hook")


def test_it_works() -> None:
    with gateway((201, b"taken")) as there:
        assert post(at(there.port), b"{}", {"X-A": "b"}) == Answer(201, b"taken")
        assert (there.got[0].path, there.got[0].headers["X-A"], there.got[0].body) == ("/hook", "b", b"{}")


@pytest.mark.parametrize("answer", [HANG, DRIP])
def test_a_server_that_hangs_or_drips_is_left_in_time(answer: int) -> None:
    with gateway(answer) as there:
        with pytest.raises(Failed) as failed:
            post(at(there.port), b"{}", {}, SHORT)
        assert failed.value.code == "timeout"


def test_a_server_that_never_says_a_word_is_left_in_time() -> None:
    with silent() as port, pytest.raises(Failed) as failed:
        post(at(port), b"{}", {}, SHORT)
    assert failed.value.code == "timeout"


def test_a_tls_handshake_that_never_ends_is_left_in_time() -> None:
    with silent() as port, pytest.raises(Failed) as failed:
        post(at(port, scheme="https"), b"{}", {}, SHORT)
    assert failed.value.code == "timeout"


def test_a_server_that_speaks_no_tls_gets_nothing() -> None:
    with gateway() as there, pytest.raises(Failed) as failed:
        post(at(there.port, scheme="https"), b"{}", {}, 5)
    assert failed.value.code == "tls" and there.got == []


def test_nobody_there_is_told() -> None:
    with silent() as port:
        pass
    with pytest.raises(Failed) as failed:
        post(at(port), b"{}", {}, SHORT)
    assert failed.value.code == "unreachable" and not failed.value.lasting


def test_a_redirect_is_not_followed() -> None:
    with gateway() as inside, gateway((302, inside.url.encode())) as there:
        with pytest.raises(Failed) as failed:
            expect_taken(post(at(there.port), b"{}", {}))
        assert failed.value.code == "redirect" and failed.value.lasting
        assert inside.got == []


def test_an_answer_without_end_is_read_to_a_limit() -> None:
    with gateway((200, b"x" * (READ * 3))) as there:
        assert len(post(at(there.port), b"{}", {}).body) == READ


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is outside when it is checked and inside when it is connected to (DNS rebinding)."""
    asked = []
    real = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        # 192.0.2.0/24 would be refused; of the addresses outside, none shall be asked: so `localhost` stands for it.
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, *args, **kwargs)

    with gateway() as there:
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        assert post(at(there.port, "localhost"), b"{}", {}).status == 200
    assert asked == ["localhost"]


def test_a_name_that_is_never_found_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that does not answer; others are looked up beside it."""
    over, real = threading.Event(), socket.getaddrinfo

    def hanging(host: Any, *args: Any, **kwargs: Any) -> Any:
        return over.wait() if host == "gone.example.gov.cn" else real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    with gateway() as there:
        with pytest.raises(Failed) as failed:
            post(at(there.port, "gone.example.gov.cn"), b"{}", {}, SHORT)
        assert (failed.value.code, failed.value.lasting) == ("timeout", False)
        assert post(at(there.port, "localhost"), b"{}", {}).status == 200
    over.set()


def test_a_name_that_leads_inside_is_never_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    with gateway() as there:
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: real("127.0.0.1", *a, **k))
        with pytest.raises(Refused):
            post(at(there.port, "hooks.example.gov.cn"), b"{}", {})
        assert there.got == []


STATUSES = [
    (200, "", False),
    (204, "", False),
    (301, "redirect", True),
    (400, "said_no", True),
    (401, "said_no", True),
    (404, "said_no", True),
    (408, "busy", False),
    (410, "said_no", True),
    (425, "busy", False),
    (429, "busy", False),
    (500, "server", False),
    (503, "server", False),
    (99, "server", False),
]


@pytest.mark.parametrize(("status", "code", "lasting"), STATUSES)
def test_what_a_status_means(status: int, code: str, lasting: bool) -> None:
    if not code:
        expect_taken(Answer(status, b""))
        return
    with pytest.raises(Failed) as failed:
        expect_taken(Answer(status, b""))
    assert (failed.value.code, failed.value.lasting) == (code, lasting)


ROBOTS: list[tuple[bytes, str, bool]] = [
    (b'{"errcode":0,"errmsg":"ok"}', "", False),
    (b'{"code":0,"msg":"success"}', "", False),
    (b'{"StatusCode":0,"StatusMessage":"success"}', "", False),
    (b'{"errcode":310000,"errmsg":"sign not match"}', "said_no", True),
    (b'{"errcode":300001,"errmsg":"token is not exist"}', "said_no", True),
    (b'{"errcode":93000,"errmsg":"invalid webhook url"}', "said_no", True),
    (b'{"code":19001,"msg":"param invalid"}', "said_no", True),
    (b'{"errcode":130101,"errmsg":"send too fast"}', "busy", False),
    (b'{"errcode":45009,"errmsg":"api freq out of limit"}', "busy", False),
    (b'{"errcode":-1,"errmsg":"system busy"}', "busy", False),
    (b'{"code":11232,"msg":"frequency limited"}', "busy", False),
    (b"{}", "answer", False),
    (b"[]", "answer", False),
    (b"null", "answer", False),
    (b"<html>please sign in</html>", "answer", False),
    (b"", "answer", False),
    (b'{"errcode":"0"}', "said_no", True),
    (b'{"errcode":', "answer", False),
]


@pytest.mark.parametrize(("body", "code", "lasting"), ROBOTS)
def test_what_a_robot_means_by_200(body: bytes, code: str, lasting: bool) -> None:
    if not code:
        expect_robot_taken(Answer(200, body))
        return
    with pytest.raises(Failed) as failed:
        expect_robot_taken(Answer(200, body))
    assert (failed.value.code, failed.value.lasting) == (code, lasting)
