"""The rules of lights in, the tables of docs/lights.md out: which light, when, because of what; and the scale."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.measuring.lights import load, names, scale
from luoshi.measuring.lights.nouns import Span, When

ASKED = {
    "undated": "it has no deadline",
    "still": "its clock stands still",
    "milestones_late": "a milestone is past its date",
    "refused": "verification was refused",
    "important": "it is important",
}


def rules() -> Iterator[str]:
    """Every rule with its rows, a line each; the first that fits decides."""
    for rule in map(load, names()):
        yield f"{rule.key} {rule.version} · {rule.name.zh} · {rule.name.en}"
        for row in rule.rows:
            lamp = rule.lights[row.light]
            yield f"  {lamp.shape} {lamp.word.zh} ({lamp.colour}): {_when(row.when)}; {row.because.zh}"
        yield f"  Source: {rule.source}"
        yield f"  Ours: {rule.ours}"
        yield ""


def _when(when: When) -> str:
    said = [f"it is {' or '.join(sorted(when.kinds))}"] if when.kinds else []
    if when.over:
        said.append("it is overdue" + (f" by {_span(when.over)} or more" if when.over.days else ""))
    if when.within:
        said.append(f"{_span(when.within)} or fewer are left" if when.within.days else "it is due today")
    if when.any:
        said.append(
            " or ".join(words for name, words in {"over": "it is overdue", **ASKED}.items() if name in when.any)
        )
    said += [words for name, words in ASKED.items() if getattr(when, name)]
    if when.unanswered:
        said.append(f"reminders without an answer: {when.unanswered} or more")
    return ", ".join(said) or "else"


def _span(span: Span) -> str:
    return f"{span.days} {'working day' if span.working else 'day'}{'s' if span.days > 1 else ''}"


def confidence() -> Iterator[str]:
    """The scale, a line a level."""
    for level in scale().levels.values():
        yield f"{level.shape} {level.word.zh} {level.word.en}: {level.meaning.zh} ({level.meaning.en})"
    yield f"Source: {scale().source}"


if __name__ == "__main__":
    print("\n".join([*rules(), *confidence()]))
