"""Health pages and logs: what a load balancer and an administrator see, and what nobody may see."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.test import Client

from luoshi.config.logs import PlainFacts
from luoshi.places.models import Place

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_once_there_are_places(client: Client) -> None:
    assert client.get("/readyz").json() == {
        "ready": False,
        "checks": {"database": True, "migrations": True, "places": False},
    }
    Place.objects.create(key="CN", name="中国", level="country")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


def test_pages_carry_a_policy_that_lets_nothing_in_from_outside(client: Client) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy


def line(record: logging.LogRecord) -> dict[str, object]:
    told = json.loads(PlainFacts().format(record))
    assert isinstance(told, dict)
    return told


def test_an_answer_is_logged_by_its_route_without_what_was_asked(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "luoshi.access"):
        client.get("/healthz?name=张三丰")
    told = line(caplog.records[-1])
    assert (told["route"], told["status"], told["method"]) == ("healthz", 200, "GET")
    assert "张三丰" not in json.dumps(told, ensure_ascii=False)


def test_what_others_log_is_kept_without_its_values() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "f", 1, "Not Found: %s", ("/people/张三丰",), None)
    assert line(record)["message"] == "Not Found: %s"


def test_an_exception_is_logged_without_its_text() -> None:
    try:
        raise ValueError("身份证号 110101")
    except ValueError:
        record = logging.LogRecord("luoshi.x", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    told = line(record)
    assert told["raised"] == "ValueError" and "110101" not in json.dumps(told, ensure_ascii=False)
