"""A source in, its reading out: the stages in their order, each saying what it requires and assigns."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from . import actions as deeds
from . import directives as telling
from . import outline as page
from . import sentences as dividing
from . import speech
from .addressees import addressees
from .amounts import targets
from .cells import beside_tables
from .clean import clean
from .deadlines import deadlines
from .draft import Draft, Measures
from .facts import Reading, Source
from .items import assigned
from .meetings import meetings
from .posts import people
from .publication import publication
from .quoting import Quoter
from .shortfalls import shortfalls
from .traits import traits


@dataclass(frozen=True, slots=True)
class Stage:
    """One named step: the fields of a draft that it reads and the one that it fills."""

    name: str
    requires: tuple[str, ...]
    assigns: str
    run: Callable[[Draft], Draft]


def _clean(draft: Draft) -> Draft:
    return draft._replace(cleaned=clean(draft.source.text))


def _outline(draft: Draft) -> Draft:
    assert draft.cleaned
    return draft._replace(outline=page.outline(draft.cleaned.text))


def _publication(draft: Draft) -> Draft:
    assert draft.cleaned and draft.outline
    known = replace(draft.source.known, published=draft.published or draft.source.known.published)
    outline = beside_tables(draft.source, draft.cleaned, draft.outline)
    return draft._replace(publication=publication(draft.cleaned.text, outline, known))


def _sentences(draft: Draft) -> Draft:
    assert draft.cleaned and draft.outline
    paragraphs = [(line.start, line.end) for line in draft.outline.paragraphs]
    return draft._replace(sentences=tuple(dividing.sentences(draft.cleaned.text, paragraphs)))


def _speech(draft: Draft) -> Draft:
    assert draft.cleaned and draft.sentences is not None
    return draft._replace(said=tuple(speech.statements(draft.cleaned.text, list(draft.sentences))))


def _people(draft: Draft) -> Draft:
    assert draft.cleaned and draft.sentences is not None and draft.said is not None
    speakers = [said.speaker for said in draft.said if said.speaker]
    return draft._replace(people=tuple(people(draft.cleaned.text, list(draft.sentences), speakers)))


def _meetings(draft: Draft) -> Draft:
    assert draft.cleaned and draft.publication and draft.sentences is not None and draft.said is not None
    day = _day(draft.publication.published)
    held = meetings(draft.cleaned.text, list(draft.sentences), list(draft.said), day)
    return draft._replace(meetings=tuple(held))


def _directives(draft: Draft) -> Draft:
    assert draft.cleaned and draft.sentences is not None and draft.said is not None
    found = telling.directives(draft.cleaned.text, list(draft.sentences), list(draft.said))
    return draft._replace(told=tuple(found))


def _actions(draft: Draft) -> Draft:
    assert draft.cleaned and draft.told is not None
    text = draft.cleaned.text
    return draft._replace(deeds=tuple(tuple(deeds.actions(text, told)) for told in draft.told))


def _units(draft: Draft) -> Draft:
    assert draft.cleaned and draft.told is not None
    assert draft.sentences is not None and draft.said is not None
    units = addressees(draft.cleaned.text, list(draft.told), list(draft.sentences), list(draft.said))
    return draft._replace(units=tuple(tuple(each) for each in units))


def _measures(draft: Draft) -> Draft:
    assert draft.cleaned and draft.publication and draft.told is not None
    text, day = draft.cleaned.text, _day(draft.publication.published)
    due = tuple(tuple(deadlines(text, told.start, told.end, day)) for told in draft.told)
    aims = tuple(tuple(targets(text, told.start, told.end)) for told in draft.told)
    return draft._replace(measures=Measures(due, aims))


def _shortfalls(draft: Draft) -> Draft:
    assert draft.cleaned and draft.said is not None and draft.told is not None
    found = shortfalls(draft.cleaned.text, list(draft.said), list(draft.told))
    return draft._replace(shortfalls=tuple(found))


def _traits(draft: Draft) -> Draft:
    assert draft.cleaned and draft.told is not None
    text = draft.cleaned.text
    return draft._replace(traits=tuple([traits(text, t.start, t.end, t.strength) for t in draft.told]))


def _items(draft: Draft) -> Draft:
    assert draft.cleaned and draft.outline and draft.publication and draft.said is not None
    day = _day(draft.publication.published)
    return draft._replace(assigned=assigned(draft.source, draft.cleaned, draft.outline, list(draft.said), day))


def _quote(draft: Draft) -> Draft:
    return draft._replace(reading=Quoter(draft).reading())


def _day(published: str | None) -> datetime.date | None:
    """The day of publication as a date; None where it is not known or no date."""
    if not published:
        return None
    try:
        return datetime.date.fromisoformat(published[:10])
    except ValueError:
        return None


STAGES = (
    Stage("clean", ("source",), "cleaned", _clean),
    Stage("outline", ("cleaned",), "outline", _outline),
    Stage("publication", ("source", "published", "cleaned", "outline"), "publication", _publication),
    Stage("sentences", ("cleaned", "outline"), "sentences", _sentences),
    Stage("speech", ("cleaned", "sentences"), "said", _speech),
    Stage("people", ("cleaned", "sentences", "said"), "people", _people),
    Stage("meetings", ("cleaned", "publication", "sentences", "said"), "meetings", _meetings),
    Stage("directives", ("cleaned", "sentences", "said"), "told", _directives),
    Stage("actions", ("cleaned", "told"), "deeds", _actions),
    Stage("units", ("cleaned", "sentences", "said", "told"), "units", _units),
    Stage("measures", ("cleaned", "publication", "told"), "measures", _measures),
    Stage("shortfalls", ("cleaned", "said", "told"), "shortfalls", _shortfalls),
    Stage("traits", ("cleaned", "told"), "traits", _traits),
    Stage("items", ("source", "cleaned", "outline", "publication", "said"), "assigned", _items),
    Stage(
        "quote",
        (
            *("source", "cleaned", "outline", "publication", "said", "people", "meetings"),
            *("told", "deeds", "units", "measures", "shortfalls", "traits", "assigned"),
        ),
        "reading",
        _quote,
    ),
)


def run(source: Source, published: str | None = None) -> Reading:
    """Read a source: all stages in their order."""
    draft = Draft(source, published)
    for stage in STAGES:
        draft = stage.run(draft)
    assert draft.reading
    return draft.reading
