"""A report and its cards in, its own words as paragraphs out, in which the words of each card are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from luoshi.documents.filing import Lost, fetch
from luoshi.documents.models import Report
from luoshi.exports.original import Mark, paragraphs
from luoshi.reading import Noise
from luoshi.reading.sources import decode

from .cards import Card

# Bytes of a report in the first view: a report of some forty pages; with the cards below 250 kB (tests/desk).
SENT = 100_000


class Line(NamedTuple):
    """A paragraph as HTML that is safe: every character of the report is escaped. `silent`: nothing but noise."""

    html: SafeString
    silent: bool


class Paper(NamedTuple):
    """The paragraphs of a report, in which language they are, how many stretches are noise, why there are none."""

    lines: tuple[Line, ...]
    language: str
    noise: int
    fault: str = ""

    @property
    def first(self) -> tuple[Line, ...]:
        """Those of the first view."""
        lengths = accumulate(len(line.html.encode()) for line in self.lines)
        return tuple(line for line, sent in zip(self.lines, lengths, strict=True) if sent <= SENT)

    @property
    def rest(self) -> tuple[Line, ...]:
        """Those that come when they are reached."""
        return self.lines[len(self.first) :]


def paper(report: Report, cards: Sequence[Card]) -> Paper:
    """The text of a report with its marks."""
    whole: dict[str, Any] = report.reading.whole() if report.reading else {}
    try:
        text = whole["text"] if "text" in whole else decode(fetch(report.original.sha256))[0]
    except Lost as wrong:
        return Paper((), "zh-Hans", 0, str(wrong))
    noise = [Noise(each["kind"], each["start"], each["end"]) for each in whole.get("noise", ())]
    made = paragraphs(text, list(_marks(whole, cards, len(text))), noise)
    language = "zh-Hant" if whole.get("script") == "hant" else "zh-Hans"
    # Every character of the text was escaped by exports.original; the tags are its own.
    return Paper(tuple(Line(mark_safe(p.html), p.silent) for p in made), language, len(noise))


def _marks(whole: dict[str, Any], cards: Sequence[Card], length: int) -> Iterator[Mark]:
    if title := whole.get("title"):
        yield Mark(title["start"], title["end"], "title")
    for card in cards:
        quotation = card.draft.quotation
        # A part shows the words of its whole.
        if quotation and card.evidence == card.draft.pk and 0 <= quotation["start"] < quotation["end"] <= length:
            group = f"d{card.draft.directive_id}" if card.draft.directive_id else ""
            look = f"is-{card.draft.state}"
            yield Mark(quotation["start"], quotation["end"], look, str(card.draft.pk), group, str(card.number))
