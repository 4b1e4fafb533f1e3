"""A source in, its reading out: the stages in their order, each saying what it requires and assigns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from . import actions as deeds
from . import directives as telling
from . import outline as page
from . import sentences as dividing
from . import speech
from .clean import Cleaned, clean
from .facts import Action, Directive, Noise, NoiseKind, Reading, Source, Span, Statement
from .identity import quotation_id
from .strength import strength


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a report so far; every stage fills what it assigns and leaves the rest."""

    source: Source
    published: str | None = None
    cleaned: Cleaned | None = None
    outline: page.Outline | None = None
    sentences: tuple[dividing.Sentence, ...] | None = None
    said: tuple[speech.Said, ...] | None = None
    told: tuple[telling.Told, ...] | None = None
    deeds: tuple[tuple[deeds.Deed, ...], ...] | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One named step: the fields of a draft that it reads and the one that it fills."""

    name: str
    requires: tuple[str, ...]
    assigns: str
    run: Callable[[Draft], Draft]


def _clean(draft: Draft) -> Draft:
    return replace(draft, cleaned=clean(draft.source.text))


def _outline(draft: Draft) -> Draft:
    assert draft.cleaned
    return replace(draft, outline=page.outline(draft.cleaned.text))


def _sentences(draft: Draft) -> Draft:
    assert draft.cleaned and draft.outline
    paragraphs = [(line.start, line.end) for line in draft.outline.paragraphs]
    return replace(draft, sentences=tuple(dividing.sentences(draft.cleaned.text, paragraphs)))


def _speech(draft: Draft) -> Draft:
    assert draft.cleaned and draft.sentences is not None
    return replace(draft, said=tuple(speech.statements(draft.cleaned.text, list(draft.sentences))))


def _directives(draft: Draft) -> Draft:
    assert draft.cleaned and draft.sentences is not None and draft.said is not None
    found = telling.directives(draft.cleaned.text, list(draft.sentences), list(draft.said))
    return replace(draft, told=tuple(found))


def _actions(draft: Draft) -> Draft:
    assert draft.cleaned and draft.told is not None
    text = draft.cleaned.text
    return replace(draft, deeds=tuple(tuple(deeds.actions(text, told)) for told in draft.told))


def _quote(draft: Draft) -> Draft:
    return replace(draft, reading=_Quoter(draft).reading())


STAGES = (
    Stage("clean", ("source",), "cleaned", _clean),
    Stage("outline", ("cleaned",), "outline", _outline),
    Stage("sentences", ("cleaned", "outline"), "sentences", _sentences),
    Stage("speech", ("cleaned", "sentences"), "said", _speech),
    Stage("directives", ("cleaned", "sentences", "said"), "told", _directives),
    Stage("actions", ("cleaned", "told"), "deeds", _actions),
    Stage(
        "quote",
        ("source", "published", "cleaned", "outline", "said", "told", "deeds"),
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


class _Quoter:
    """Turns findings in clean offsets into quotations of the source."""

    def __init__(self, draft: Draft) -> None:
        assert draft.cleaned and draft.outline and draft.said is not None
        assert draft.told is not None and draft.deeds is not None
        self.source, self.published = draft.source, draft.published
        self.cleaned, self.outline = draft.cleaned, draft.outline
        self.said, self.told, self.deeds = draft.said, draft.told, draft.deeds

    def span(self, start: int, end: int) -> Span:
        """A stretch of clean text as a quotation of the source."""
        first, last = self.cleaned.kept.back(start, end)
        return Span(first, last, self.cleaned.text[start:end])

    def id(self, kind: str, span: Span) -> str:
        """The id of a quotation."""
        exact = self.source.text[span.start : span.end]
        return quotation_id(kind, self.source.sha256, exact, span.start, span.end)

    def reading(self) -> Reading:
        """The whole reading."""
        outline = self.outline
        statements = tuple(self.statement(said) for said in self.said)
        return Reading(
            source=self.source,
            script=self.cleaned.script,
            noise=self.noise(),
            title=self.span(*outline.title) if outline.title else None,
            published=self.published,
            body=self.span(*outline.body) if outline.body else None,
            statements=statements,
            directives=tuple(
                self.directive(told, done, statements) for told, done in zip(self.told, self.deeds, strict=True)
            ),
        )

    def statement(self, said: speech.Said) -> Statement:
        """One statement."""
        span = self.span(said.start, said.end)
        return Statement(self.id("s", span), said.speaker, said.verb, span)

    def directive(
        self, told: telling.Told, done: tuple[deeds.Deed, ...], statements: tuple[Statement, ...]
    ) -> Directive:
        """One directive with its actions."""
        span = self.span(told.start, told.end)
        return Directive(
            id=self.id("d", span),
            statement=None if told.statement is None else statements[told.statement].id,
            span=span,
            cue=told.cue,
            strength=strength(span.text, told.strength),
            actions=tuple(self.action(deed) for deed in done),
        )

    def action(self, deed: deeds.Deed) -> Action:
        """One action."""
        span = self.span(deed.start, deed.end)
        return Action(self.id("a", span), span, deed.verb, deed.object, deed.kind, deed.reason)

    def noise(self) -> tuple[Noise, ...]:
        """What was dropped, and the lines that are no part of the article."""
        kinds: dict[str, NoiseKind] = {"caption": "caption", "advertisement": "advertisement"}
        body = self.outline.body
        out = list(self.cleaned.noise)
        for line in self.outline.lines:
            inside = body is not None and body[0] <= line.start and line.end <= body[1]
            if line.kind in kinds or not inside:
                if line.kind == "heading" and not inside and (line.start, line.end) == self.outline.title:
                    continue
                span = self.span(line.start, line.end)
                out.append(Noise(kinds.get(line.kind, "boilerplate"), span.start, span.end))
        return tuple(sorted(out, key=lambda n: (n.start, n.end)))
