"""Sentences in, statements out: who said what, from the first word said to the last.

What an attribution governs runs to the sentence before the next attribution or the next sentence of
narration, and on into later paragraphs that only continue it.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from .attributions import Attribution, attributions, may_attribute, without_dateline
from .people import may_begin, name_at, names_in, within
from .rules import rule
from .sentences import Sentence, clauses
from .signs import signs
from .speakers import MEETING, Whom
from .tables import beginning


class Said(NamedTuple):
    """A statement in offsets of the clean text.

    `announces`: 'tasks' or 'problems' where a list of them was announced; `nested`: it is relayed inside
    another statement.
    """

    start: int
    end: int
    speaker: str | None
    verb: str
    announces: str | None = None
    nested: bool = False


def statements(text: str, found: list[Sentence]) -> list[Said]:
    """All statements of a body, in order of their beginning; a relayed one may lie inside another."""
    listener = _Listener(text, found)
    for number in range(len(found)):
        listener.hear(number)
    listener.close()
    return sorted((s for s in listener.said if s.end > s.start), key=lambda s: (s.start, -s.end))


class _Listener:
    """Goes through the sentences: who is speaking now, whom 他 means, whether a list is being said."""

    def __init__(self, text: str, found: list[Sentence]) -> None:
        self.text, self.found = text, found
        self.said: list[Said] = []
        self.open: Said | None = None
        # The last person named in the sentences that were looked at for one.
        self.person: str | None = None
        self.looked = 0
        # Sentences that relay somebody else's words: whoever is named in them is not who 他 means.
        self.relaying: set[int] = set()
        self.in_list = False

    def hear(self, number: int) -> None:
        """Take in one sentence."""
        sentence = self.found[number]
        new_paragraph = number == 0 or self.found[number - 1].paragraph != sentence.paragraph
        made = self._attributions(number)
        if made and self.open and not new_paragraph and _relays(self.text, sentence, made[0], self.open):
            self.said.append(_said(made[0], sentence.end)._replace(nested=True))
            self.open = self.open._replace(end=sentence.end)
            self.relaying.add(number)
            return
        if made:
            self._begin(sentence, made)
        elif self.open and _continues(self.text, sentence, new_paragraph, self.in_list):
            self.open = self.open._replace(end=sentence.end)
            self.in_list = self.in_list or _is_list_item(self.text, sentence)
        else:
            self.close()

    def close(self) -> None:
        """End the statement that is open."""
        if self.open:
            self.said.append(self.open)
        self.open, self.in_list = None, False

    def _attributions(self, number: int) -> list[Attribution]:
        """Attributions of a sentence; inside an announced list only those of a person or the meeting."""
        following = self.found[number + 1] if number + 1 < len(self.found) else None
        if not may_attribute(self.text, self.found[number], following):
            return []
        person = partial(self._person_before, number)
        subject = partial(_last_subject, self.text, self.found, number, person)
        made = attributions(self.text, self.found[number], following, person, subject)
        if made and self.open and self.open.announces and not _takes_over(made[0]):
            return []
        return made

    def _person_before(self, number: int) -> str | None:
        """Whom 他 or 她 means in a sentence: whoever is named last before it."""
        for before in range(number - 1, self.looked - 1, -1):
            person = None if before in self.relaying else _person(self.text, self.found[before])
            if person:
                self.person = person
                break
        self.looked = max(number, self.looked)
        return self.person

    def _begin(self, sentence: Sentence, made: list[Attribution]) -> None:
        """Begin the statements of a sentence; the last of them stays open."""
        self.close()
        if len(made) == 2 and _is_relay(self.text, made[0].start, made[1]):
            self.said.append(_said(made.pop(), sentence.end)._replace(nested=True))
            made[0] = made[0]._replace(until=None)
        self.said += [_said(at, sentence.end) for at in made[:-1]]
        self.open = _said(made[-1], sentence.end)
        self.in_list = made[-1].announces is not None
        if made[-1].until is not None:
            self.close()


def _said(at: Attribution, end: int) -> Said:
    return Said(at.start, at.until or end, at.speaker, at.verb, at.announces)


def _last_subject(text: str, found: list[Sentence], number: int, person: Whom) -> str | None:
    """Who a sentence without subject goes on with: the meeting or person of the sentence before."""
    if number == 0:
        return None
    before = found[number - 1]
    if before.paragraph != found[number].paragraph:
        return None
    head = text[before.start : before.end]
    return MEETING if head.startswith(("会议", "大会", "全会")) else person()


def _takes_over(at: Attribution) -> bool:
    """Whether an attribution ends a list in progress: a person or the meeting does, 与会代表认为 does not."""
    return at.speaker == MEETING or bool(names_in(at.speaker or ""))


def _relays(text: str, sentence: Sentence, at: Attribution, open_said: Said) -> bool:
    """Whether an attribution inside a statement only relays somebody above: 习某某总书记强调, 中央…会议指出."""
    head = text[sentence.start : at.start]
    return at.speaker != open_said.speaker and bool(rule("speech", "relayed").find(head))


def _is_relay(text: str, start: int, at: Attribution) -> bool:
    """Whether what is said begins with somebody else's words: 王某指出，习某某总书记强调，…."""
    return bool(rule("speech", "relayed").find(text[start : at.start]))


def _person(text: str, sentence: Sentence) -> str | None:
    """The person a later 他 or 她 means: the first subject of the sentence that is a name."""
    start, end = without_dateline(text, sentence.start, sentence.end)
    for s, e in clauses(text, start, end):
        may = may_begin(text[s : s + 1]) or signs(text, s, e) & within()
        names = names_in(text[s:e]) if may else ()
        if names:
            return names[0][1] if names[0][0] == 0 else names[-1][1]
    return None


def _is_list_item(text: str, sentence: Sentence) -> bool:
    words_ = text[sentence.start : sentence.end]
    seen = beginning(text, sentence.start, signs(text, *sentence[:2]))
    return rule("speech", "list-begins").shown(words_, seen)


def _continues(text: str, sentence: Sentence, new_paragraph: bool, in_list: bool) -> bool:
    """Whether a sentence without attribution still belongs to the statement before it."""
    words_ = text[sentence.start : sentence.end]
    seen = beginning(text, sentence.start, signs(text, *sentence[:2]))
    if rule("speech", "list-begins").shown(words_, seen):
        return True
    if rule("speech", "narration").shown(words_, seen):
        return False
    name = name_at(words_[:12], 0)
    if name and rule("speech", "narrates").find(words_, len(name)):
        return False
    if not new_paragraph or rule("speech", "goes-on").shown(words_, seen):
        return True
    return in_list and not rule("speech", "new-topic").shown(words_, seen)
