"""Where nothing is sent: addresses as attackers write them, names that lead inside, and what an office did not allow."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.delivery.addresses import endpoints, expect_outside
from luoshi.delivery.faults import Failed, Refused
from luoshi.delivery.targets import Allowed, Target, mail_address, target, token

OFFICE = Allowed(("https",), ("hooks.example.gov.cn", "gw.example.gov.cn:8443", "10.1.2.3", "[fd12::7]:9000"))
# A test's own machine, as a test names it.
LOOSE = Allowed(("https", "http"), ("127.0.0.1:9000", "localhost:9000", "[::1]:9000"))
# Seconds for what is looked up here without a network.
SOON = 5.0

ALLOWED = [
    ("https://hooks.example.gov.cn/a?b=c", "hooks.example.gov.cn", 443, "/a?b=c"),
    ("https://HOOKS.example.gov.cn", "hooks.example.gov.cn", 443, "/"),
    ("https://hooks.example.gov.cn:443/a", "hooks.example.gov.cn", 443, "/a"),
    ("https://gw.example.gov.cn:8443/a", "gw.example.gov.cn", 8443, "/a"),
    ("https://10.1.2.3/a", "10.1.2.3", 443, "/a"),
    ("https://[fd12::7]:9000/a", "fd12::7", 9000, "/a"),
]


@pytest.mark.parametrize(("said", "host", "port", "path"), ALLOWED)
def test_it_works(said: str, host: str, port: int, path: str) -> None:
    assert target(said, OFFICE) == Target("https", host, port, path)


# What somebody types, and the code it is refused with.
REFUSED = [
    ("", "no_address"),
    ("hooks.example.gov.cn/a", "no_address"),
    ("//hooks.example.gov.cn/a", "no_address"),
    ("https://", "no_address"),
    ("https://hooks.example.gov.cn/a b", "no_address"),
    ("https://hooks.example.gov.cn/a\r\nHost: x", "no_address"),
    ("https://hooks.example.gov.cn\\@evil.example/", "no_address"),
    ("https://hooks.example.gov.cn/#x", "no_address"),
    ("https://hooks.example.gov.cn:99999/", "no_address"),
    ("https://[::1/", "no_address"),
    ("https://hooks.example.gov.cn/" + "a" * 1000, "no_address"),
    # schemes
    ("http://hooks.example.gov.cn/", "scheme"),
    ("ftp://hooks.example.gov.cn/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://hooks.example.gov.cn:25/_HELO", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("json://hooks.example.gov.cn/", "scheme"),
    ("unix:/var/run/docker.sock", "scheme"),
    # who else is in the address
    ("https://hooks.example.gov.cn@evil.example/", "user_info"),
    ("https://user:pass@hooks.example.gov.cn/", "user_info"),
    ("https://:@hooks.example.gov.cn/", "user_info"),
    # this machine and others inside, in every way that resolvers understand
    ("https://127.0.0.1/", "host"),
    ("https://localhost/", "host"),
    ("https://169.254.169.254/latest/meta-data/", "host"),
    ("https://[::1]/", "host"),
    ("https://[::ffff:127.0.0.1]/", "host"),
    ("https://[::ffff:7f00:1]/", "host"),
    ("https://[fe80::1%25eth0]/", "odd_host"),
    ("https://2130706433/", "odd_host"),
    ("https://0x7f000001/", "odd_host"),
    ("https://0x7f.0.0.1/", "odd_host"),
    ("https://017700000001/", "odd_host"),
    ("https://0177.0.0.1/", "odd_host"),
    ("https://127.1/", "odd_host"),
    ("https://127.0.0.1./", "odd_host"),
    ("https://0/", "odd_host"),
    ("https://①②⑦.⓪.⓪.①/", "odd_host"),
    ("https://127。0。0。1/", "odd_host"),
    ("https://ｌｏｃａｌｈｏｓｔ/", "odd_host"),
    ("https://%6c%6f%63alhost/", "odd_host"),
    ("https://hooks.example.gov.cn%2eevil.example/", "odd_host"),
    ("https://-x.example/", "odd_host"),
    # others outside
    ("https://evil.example/", "host"),
    ("https://hooks.example.gov.cn.evil.example/", "host"),
    ("https://evil-hooks.example.gov.cn/", "host"),
    ("https://10.1.2.4/", "host"),
    # ports
    ("https://hooks.example.gov.cn:22/", "port"),
    ("https://hooks.example.gov.cn:80/", "port"),
    ("https://hooks.example.gov.cn:0/", "port"),
    ("https://gw.example.gov.cn/", "port"),
    ("https://10.1.2.3:6379/", "port"),
]


@pytest.mark.parametrize(("said", "code"), REFUSED)
def test_what_is_refused_is_refused_with_its_reason(said: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        target(said, OFFICE)
    assert refused.value.code == code and str(refused.value)


def test_nothing_is_allowed_where_nothing_is_named() -> None:
    with pytest.raises(Refused):
        target("https://hooks.example.gov.cn/", Allowed(("https",), ()))


@given(st.text(max_size=60))
def test_whatever_is_typed_leads_to_the_list_or_nowhere(said: str) -> None:
    for typed in (
        said,
        f"https://{said}",
        f"https://{said}@hooks.example.gov.cn",
        f"https://hooks.example.gov.cn{said}",
    ):
        try:
            found = target(typed, OFFICE)
        except Refused:
            continue
        assert (found.scheme, found.host, found.port) == ("https", "hooks.example.gov.cn", 443)


def _named(host: str) -> Target:
    return Target("https", host, 443, "/")


# What a name that is on the list may turn out to be (the list was typed in good faith, or its zone was taken over).
INSIDE = [
    ("127.0.0.1", "inside"),
    ("127.8.9.10", "inside"),
    ("10.0.0.1", "inside"),
    ("172.16.0.1", "inside"),
    ("192.168.1.1", "inside"),
    ("100.64.0.1", "inside"),
    ("198.18.0.1", "inside"),
    ("203.0.113.9", "inside"),
    ("::1", "inside"),
    ("fd12::7", "inside"),
    ("fec0::1", "inside"),
    ("2001:db8::1", "inside"),
    ("2001:0:1::1", "inside"),
    ("::ffff:127.0.0.1", "inside"),
    ("::ffff:10.0.0.1", "inside"),
    ("::10.0.0.1", "inside"),
    ("64:ff9b::a00:1", "inside"),
    ("64:ff9b:1::1", "inside"),
    ("2002:a00:1::", "inside"),
    ("169.254.169.254", "never"),
    ("::ffff:169.254.169.254", "never"),
    ("64:ff9b::a9fe:a9fe", "never"),
    ("2002:a9fe:a9fe::", "never"),
    ("100.100.100.200", "never"),
    ("192.0.0.192", "never"),
    ("fd00:ec2::254", "never"),
    ("fe80::1", "never"),
    ("fe80::1%2", "never"),
    ("0.0.0.0", "never"),
    ("::", "never"),
    ("224.0.0.1", "never"),
    ("ff02::1", "never"),
    ("255.255.255.255", "never"),
    ("240.0.0.1", "never"),
]


@pytest.mark.parametrize(("ip", "code"), INSIDE)
def test_a_name_that_leads_inside_is_refused(ip: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        expect_outside(ip, _named("hooks.example.gov.cn"))
    assert refused.value.code == code


@pytest.mark.parametrize("ip", ["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_name_that_leads_outside_is_not(ip: str) -> None:
    expect_outside(ip, _named("hooks.example.gov.cn"))


@pytest.mark.parametrize(("ip", "code"), [pair for pair in INSIDE if pair[1] == "never" and "%" not in pair[0]])
def test_some_addresses_are_refused_even_where_they_are_named(ip: str, code: str) -> None:
    with pytest.raises(Refused):
        expect_outside(ip, _named(ip))


@pytest.mark.parametrize("said", ["http://127.0.0.1:9000/", "http://localhost:9000/", "http://[::1]:9000/"])
def test_this_machine_is_reached_only_where_it_is_named(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = target(said, LOOSE)
    _resolving(monkeypatch, {"localhost": ["127.0.0.1"]})
    assert endpoints(found, SOON)
    with pytest.raises(Refused):
        target(said, OFFICE)


def test_localhost_that_is_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, {"localhost": ["10.0.0.5"]})
    with pytest.raises(Refused):
        endpoints(target("http://localhost:9000/", LOOSE), SOON)


def test_one_address_inside_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, {"hooks.example.gov.cn": ["8.8.8.8", "10.0.0.5"]})
    with pytest.raises(Refused) as refused:
        endpoints(target("https://hooks.example.gov.cn/", OFFICE), SOON)
    assert refused.value.code == "inside"


def test_a_name_that_is_none_is_a_fault_that_may_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, {})
    with pytest.raises(Failed) as failed:
        endpoints(target("https://hooks.example.gov.cn/", OFFICE), SOON)
    assert failed.value.code == "no_dns" and not failed.value.lasting


def _resolving(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    """A resolver that knows these names alone, besides addresses."""
    real = socket.getaddrinfo

    def resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host in names:
            return [found for ip in names[host] for found in real(ip, *args, **kwargs)]
        if host.replace(".", "").isdigit() or ":" in host:
            return real(host, *args, **kwargs)
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


MAILS = [
    ("clerk@example.gov.cn", ("example.gov.cn",), ""),
    ("clerk@Example.gov.cn", ("example.gov.cn",), ""),
    ("clerk@anywhere.example", (), ""),
    ("clerk@evil.example", ("example.gov.cn",), "mail_domain"),
    ("clerk@sub.example.gov.cn", ("example.gov.cn",), "mail_domain"),
    ("clerk@example.gov.cn\nBcc: all@evil.example", ("example.gov.cn",), "mail"),
    ("a@b.cn, c@d.cn", (), "mail"),
    ("承办人@example.gov.cn", (), "mail"),
    ("clerk", (), "mail"),
]


@pytest.mark.parametrize(("said", "domains", "code"), MAILS)
def test_mail_goes_to_one_mailbox_of_a_domain(said: str, domains: tuple[str, ...], code: str) -> None:
    if not code:
        assert mail_address(said, domains) == said
        return
    with pytest.raises(Refused) as refused:
        mail_address(said, domains)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "said", ["", "short", "../../etc", "a" * 201, "abcdefgh?x=1", "https://evil.example/x", "令牌令牌令牌令牌"]
)
def test_a_token_is_a_token(said: str) -> None:
    with pytest.raises(Refused):
        token(said)
    assert token("abc-DEF_123456") == "abc-DEF_123456"
