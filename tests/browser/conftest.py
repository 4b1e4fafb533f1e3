"""A browser and a server on loopback in, pages out that went nowhere else and broke no rule of their policy."""

from __future__ import annotations

import faulthandler
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.folders import PROJECT

SCREENS = PROJECT / "docs" / "screens"
# A picture in the documents is a few colours of ink on paper, and no larger than this.
COLOURS, LARGEST = 64, 120_000
Open = Callable[..., Page]
# Seconds after which a test hangs: the longest takes two minutes on a busy machine. What hangs inside playwright cannot
# be interrupted, so that the process says where it is and ends; beside others, the run goes on without it.
LONGEST = 600


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """A browser for the tests of a module, and no longer.

    Playwright runs a loop in this thread, and Django refuses the database to a thread with a loop, but for the variable.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine: pages are not tried in a browser (apt-get install chromium)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _none_goes_on_for_ever(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    with capfd.disabled():
        shown = os.dup(2)
    faulthandler.dump_traceback_later(LONGEST, exit=True, file=shown)
    yield
    faulthandler.cancel_dump_traceback_later()
    os.close(shown)


@pytest.fixture(autouse=True)
def _tries_are_not_carried_over(browser: Browser) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """A new window: nothing asked from outside, nothing refused by the policy, nothing thrown, or the test fails."""
    faults: list[str] = []
    contexts = []

    def asked(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:")):
            faults.append(f"outside: {request.url}")

    def said(message: ConsoleMessage) -> None:
        # A refused form is answered by 4xx and the page says so; that line is the browser's own.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def opened(path: str = "/", **settings: Any) -> Page:
        given = {"locale": "zh-CN", "viewport": {"width": 1024, "height": 720}, "reduced_motion": "reduce", **settings}
        context = browser.new_context(base_url=live_server.url, **given)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def screen(page: Page, name: str, full: bool = True) -> None:
    """Keep a picture of the page (or, not `full`, of the window) in the documents, when SCREENS says so."""
    if not os.environ.get("SCREENS"):
        return
    image = Image.open(io.BytesIO(page.screenshot(full_page=full))).convert("RGB")
    path: Path = SCREENS / f"{name}.png"
    image.quantize(COLOURS).save(path, optimize=True)
    assert path.stat().st_size <= LARGEST, path
