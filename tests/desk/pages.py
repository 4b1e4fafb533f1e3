"""A page in, what stands in its forms out, as a browser without scripts would send it back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class Forms(HTMLParser):
    """The fields of the form whose address ends with something, by name, each with its values in their order."""

    def __init__(self, ending: str) -> None:
        super().__init__()
        self.ending, self.inside, self.found = ending, False, False
        self.values: dict[str, list[str]] = {}
        self._select, self._area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = said.get("action", "").endswith(self.ending)
            self.found = self.found or self.inside
        if not self.inside:
            return
        if tag == "input" and said.get("type") not in ("file", "submit") and "name" in said:
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self.values.setdefault(said["name"], []).append(said.get("value", ""))
        elif tag == "select":
            self._select = said["name"]
            self.values.setdefault(self._select, [])
        elif tag == "option" and self._select and ("selected" in said or not self.values[self._select]):
            self.values[self._select] = [said.get("value", "")]
        elif tag == "textarea":
            self._area = said["name"]
            self.values[self._area] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][0] += data.removeprefix("\n") if not self.values[self._area][0] else data


def form(page: Any, ending: str) -> dict[str, Any]:
    """What a form of a page holds, to be changed and sent."""
    parser = Forms(ending)
    parser.feed(page.content.decode())
    assert parser.found, f"no form to …{ending}"
    return {name: values for name, values in parser.values.items() if name != "csrfmiddlewaretoken"}


def text(page: Any) -> str:
    """What a page says, without its marks."""
    import re

    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
