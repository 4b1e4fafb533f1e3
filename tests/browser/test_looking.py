"""What looks at the pages: it finds what bars somebody, and is done in time on a page that never answers."""

from __future__ import annotations

import pytest

from .conftest import Open
from .looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BARRED = f"<title>页</title><main><h1>页</h1><pre>{'宽' * 300}</pre><input></main>"


def test_it_works(open_page: Open) -> None:
    page = open_page("/accounts/login/")
    assert faults(page) == []
    page.set_content(f"<!DOCTYPE html><html>{BARRED}</html>")
    found = faults(page)
    assert {each.split(":")[0] for each in found[:-1]} == {"html-has-lang", "label"}
    assert found[-1].startswith("sticks out by")


def test_a_page_that_never_answers_is_left_in_time(open_page: Open) -> None:
    page = open_page("/accounts/login/", java_script_enabled=False)
    with pytest.raises(TimeoutError, match="axe has not answered"):
        faults(page, 500)
