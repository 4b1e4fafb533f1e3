"""A draft with all that was found in clean offsets in, the reading in quotations of the source out."""

from __future__ import annotations

from .actions import Deed
from .amounts import Aim
from .deadlines import Due
from .directives import Told
from .draft import Draft
from .facts import (
    Action,
    Deadline,
    Directive,
    Gap,
    Meeting,
    Noise,
    NoiseKind,
    Person,
    Problem,
    Reading,
    Relay,
    Span,
    Statement,
    Target,
)
from .identity import quotation_id
from .items import Worked
from .meetings import Held
from .offsets import in_document
from .sentences import Offsets
from .speech import Said


class Quoter:
    """Turns findings in clean offsets into quotations of the source."""

    def __init__(self, draft: Draft) -> None:
        assert draft.cleaned and draft.outline and draft.publication and draft.measures
        assert draft.said is not None and draft.told is not None and draft.deeds is not None
        assert draft.people is not None and draft.meetings is not None
        assert draft.units is not None and draft.shortfalls is not None
        self.source, self.cleaned, self.outline = draft.source, draft.cleaned, draft.outline
        self.text = draft.cleaned.text
        self.publication, self.measures = draft.publication, draft.measures
        self.said, self.told, self.deeds, self.units = draft.said, draft.told, draft.deeds, draft.units
        self.people, self.held, self.short = draft.people, draft.meetings, draft.shortfalls
        assert draft.assigned and draft.traits is not None
        self.traits = draft.traits
        self.assigned = draft.assigned
        self.roles = {(owner.start, owner.end): owner.role for owner in draft.assigned.said}
        self.back = draft.cleaned.kept.back
        self.statements = tuple(self.statement(said) for said in self.said)

    def span(self, start: int, end: int) -> Span:
        """A stretch of clean text as a quotation of the source."""
        return Span(*self.back(start, end), self.text[start:end])

    def id(self, kind: str, span: Span) -> str:
        """The id of a quotation."""
        start, end, _ = span
        exact = self.source.text[start:end]
        if not self.source.runs:
            return quotation_id(kind, self.source.sha256, exact, start, end)
        first, last = (in_document(self.source, at) for at in (start, end - 1))
        return quotation_id(kind, self.source.sha256, exact, "{}:{}".format(*first), "{}:{}".format(*last))

    def reading(self) -> Reading:
        """The whole reading."""
        outline, publication = self.outline, self.publication
        return Reading(
            source=self.source,
            script=self.cleaned.script,
            noise=self.noise(),
            title=self.span(*outline.title) if outline.title else None,
            published=publication.published,
            publisher=publication.publisher,
            author=publication.author,
            editor=publication.editor,
            body=self.span(*outline.body) if outline.body else None,
            meetings=tuple(self.meeting(held) for held in self.held),
            people=tuple(
                Person(p.name, tuple(p.posts), tuple(self.cleaned.kept.back(*m) for m in p.mentions))
                for p in self.people
            ),
            statements=self.statements,
            directives=self.directives(),
            problems=tuple(Problem(self.span(*s), self.statements[i].id) for s, i in self.short),
        )

    def meeting(self, held: Held) -> Meeting:
        """One meeting."""
        return Meeting(
            name=self.span(*held.name) if held.name else None,
            date=held.date,
            form="video" if held.video else None,
            convener=held.convener,
            place=held.place,
            level=held.level(self.cleaned.text),
            chairs=tuple(held.chairs),
            speakers=tuple(held.speakers),
            attendees=tuple(held.attendees),
            groups=tuple(held.groups),
            presenters=tuple(held.presenters),
            relays=tuple(Relay(name, *self.cleaned.kept.back(s, e)) for name, s, e in held.relays),
        )

    def statement(self, said: Said) -> Statement:
        """One statement."""
        span = self.span(said.start, said.end)
        return Statement(self.id("s", span), said.speaker, said.verb, span)

    def directives(self) -> tuple[Directive, ...]:
        """All directives in their order; where an item covers an ordinary one, the item has its words."""
        kept = [(i, told) for i, told in enumerate(self.told) if not self.assigned.covers(told.start, told.end)]
        placed = [(told.start, self.directive(i, told)) for i, told in kept]
        placed += [(each.item.start, self.item(each)) for each in self.assigned.items]
        return tuple(directive for _, directive in sorted(placed, key=lambda pair: pair[0]))

    def item(self, worked: Worked) -> Directive:
        """One item of a split document."""
        item, traits = worked.item, worked.traits
        span = self.span(item.start, item.end)
        owners = [(owner.role, self.span(owner.start, owner.end)) for owner in item.owners]
        lead = tuple([unit for role, unit in owners if role == "lead"])
        support = tuple([unit for role, unit in owners if role == "support"])
        actions = (self.action(deed, bool(owners), worked.due, worked.aims) for deed in worked.deeds)
        return Directive(
            id=self.id("d", span),
            statement=None,
            span=span,
            cue=None,
            strength=traits.strength,
            actions=tuple([_without(action, _printed(worked)) for action in actions]),
            purpose=traits.purpose,
            units=lead + support,
            deadline=self.deadline(worked.due[0]) if worked.due else None,
            deadlines=tuple([self.deadline(each) for each in worked.due[1:]]),
            targets=tuple([self.target(aim) for aim in worked.aims]),
            programmes=tuple([self.span(*place) for place in traits.programmes]),
            problem=self.text[slice(*item.problem)] if item.problem else None,
            priority=traits.priority,
            lead=lead,
            support=support,
            number=self.span(*item.number) if item.number else None,
        )

    def directive(self, number: int, told: Told) -> Directive:
        """One directive with its actions, units, deadlines, targets and programmes."""
        span, traits, units = self.span(told.start, told.end), self.traits[number], self.units[number]
        due, aims = self.measures.due[number], self.measures.aims[number]
        return Directive(
            id=self.id("d", span),
            statement=None if told.statement is None else self.statements[told.statement].id,
            span=span,
            cue=told.cue,
            strength=traits.strength,
            actions=tuple([self.action(deed, bool(units), due, aims) for deed in self.deeds[number]]),
            purpose=traits.purpose,
            units=tuple([self.span(*unit) for unit in units]) if units else (),
            deadline=self.deadline(due[0]) if due else None,
            deadlines=tuple([self.deadline(each) for each in due[1:]]) if due else (),
            targets=tuple([self.target(aim) for aim in aims]) if aims else (),
            programmes=tuple([self.span(*place) for place in traits.programmes]) if traits.programmes else (),
            problem=self.problem(told) if self.short else None,
            priority=traits.priority,
            lead=self.units_that("lead", units) if self.roles else (),
            support=self.units_that("support", units) if self.roles else (),
        )

    def units_that(self, role: str, units: tuple[Offsets, ...]) -> tuple[Span, ...]:
        """Those of a directive's units of which an owner bracket prints this role."""
        return tuple([self.span(*unit) for unit in units if self.roles.get(unit) == role])

    def problem(self, told: Told) -> str | None:
        """The shortcoming that a directive itself says exists."""
        return next((self.text[s:e] for (s, e), _ in self.short if told.start <= s and e <= told.end), None)

    def deadline(self, due: Due) -> Deadline:
        """One deadline."""
        return Deadline(self.span(due.start, due.end), due.begins, due.by)

    def target(self, aim: Aim) -> Target:
        """One target."""
        span = self.span(aim.start, aim.end)
        return Target(span, aim.what, aim.relation, aim.value, aim.upper, aim.unit)

    def action(self, deed: Deed, owned: bool, due: tuple[Due, ...], aims: tuple[Aim, ...]) -> Action:
        """One action; a work action says what the report leaves open."""
        span = self.span(deed.start, deed.end)
        gaps = _gaps(deed, owned, due, aims) if deed.kind == "work" else ()
        return Action(self.id("a", span), span, deed.verb, deed.object, deed.kind, deed.reason, gaps)

    def noise(self) -> tuple[Noise, ...]:
        """What was dropped, and the lines that are no part of the article."""
        kinds: dict[str, NoiseKind] = {"caption": "caption", "advertisement": "advertisement"}
        body, title = self.outline.body, self.outline.title
        out = list(self.cleaned.noise)
        for line in self.outline.lines:
            inside = body is not None and body[0] <= line.start and line.end <= body[1]
            if (inside and line.kind not in kinds) or (line.start, line.end) == title:
                continue
            if self.assigned.covers(line.start, line.end):
                continue
            span = self.span(line.start, line.end)
            out.append(Noise(kinds.get(line.kind, "boilerplate"), span.start, span.end))
        return tuple(sorted(out, key=lambda n: (n.start, n.end)))


def _printed(worked: Worked) -> tuple[Gap, ...]:
    """What stands beside the words of an item, so that none of its actions lacks it."""
    item = worked.item
    measured = any(not item.start <= aim.start < item.end for aim in worked.aims)
    return (*(("deadline",) if worked.dated else ()), *(("measure",) if measured else ()))


def _without(action: Action, printed: tuple[Gap, ...]) -> Action:
    return action._replace(gaps=tuple([gap for gap in action.gaps if gap not in printed]))


def _gaps(deed: Deed, owned: bool, due: tuple[Due, ...], aims: tuple[Aim, ...]) -> tuple[Gap, ...]:
    """What a work action does not say: its owner, its deadline, its measure.

    A deadline or number that stands in another action of the directive is that action's own.
    """
    missing: tuple[Gap, ...] = () if owned else ("owner",)
    if not due or not any(deed.start <= d.start and d.end <= deed.end for d in due):
        missing += ("deadline",)
    if not aims or not any(deed.start <= a.start and a.end <= deed.end for a in aims):
        missing += ("measure",)
    return missing
