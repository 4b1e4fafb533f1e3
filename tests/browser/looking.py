"""A page in; what bars somebody from it, what sticks out of it, and its picture out."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What is right is not told: to say where each part of it stands takes longer than to find what is wrong.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
PHONE = {"viewport": {"width": 390, "height": 844}}
WIDE = {"viewport": {"width": 1440, "height": 900}}
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {**WIDE, "locale": "zh-CN"},
    "wide, dark, in English": {**WIDE, "locale": "en-GB", "color_scheme": "dark"},
    "phone, in English": {**PHONE, "locale": "en-GB"},
    "phone, dark": {**PHONE, "locale": "zh-CN", "color_scheme": "dark"},
}
# The other two looks are of the same widths, colours and words, put together otherwise.
SHORT = ("wide", "phone, dark")
EACH_LOOK = [pytest.param(look, marks=() if look in SHORT else pytest.mark.long) for look in LOOKS]
# In pixels, of the page and its window: a bar of the window is part of neither.
WIDTHS = "[document.scrollingElement.scrollWidth, document.documentElement.clientWidth]"
# Milliseconds for axe: it takes a second or two, and twenty on a machine that is busy.
PATIENCE = 120_000
# Milliseconds between two glances at whether it has answered.
GLANCE = 50
# Asked for and looked for apart: what a page is asked by `evaluate` is waited for without end, and where a page runs no
# scripts axe never answers. `wait_for_function` would be kept from waiting by the pages' own policy, which forbids eval.
AXE = "window.foundByAxe = undefined; axe.run(%s).then(found => { window.foundByAxe = found.violations; }); 0"


def barred(page: Page, patience: float = PATIENCE) -> list[str]:
    """What bars somebody from a page, by the rules of WCAG 2.2 AA.

    Of a page that runs scripts. Raises TimeoutError of one that does not answer in time.
    """
    page.evaluate(Axe().axe_script)
    page.evaluate(AXE % json.dumps(RULES))
    until = time.monotonic() + patience / 1000
    while (found := page.evaluate("window.foundByAxe")) is None:
        if time.monotonic() > until:
            raise TimeoutError(f"axe has not answered in {patience / 1000:.0f} s")
        page.wait_for_timeout(GLANCE)
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


def faults(page: Page, patience: float = PATIENCE) -> list[str]:
    """What is wrong with a page that runs scripts: what bars somebody, and how far it sticks out to the right."""
    told = barred(page, patience)
    wide, window = page.evaluate(WIDTHS)
    return told + ([f"sticks out by {wide - window} px"] if wide > window else [])


def picture(page: Page, name: str) -> None:
    """Keep a picture to be looked at, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
