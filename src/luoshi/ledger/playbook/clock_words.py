"""Parts of clocks in, what they are called out, in the words of a language."""

from __future__ import annotations

from .clocks import Addressee, Limit, Rung, Span, Until
from .names import Names
from .nouns import Playbook

UNITS = {
    "working_days": (Names("%d 个工作日", "%d working day"), Names("%d 个工作日", "%d working days")),
    "days": (Names("%d 日", "%d day"), Names("%d 日", "%d days")),
    "hours": (Names("%d 小时", "%d hour"), Names("%d 小时", "%d hours")),
    "months": (Names("%d 个月", "%d month"), Names("%d 个月", "%d months")),
}
TOLD: dict[Addressee, Names] = {
    "lead": Names("牵头单位", "lead unit"),
    "support": Names("配合单位", "supporting units"),
    "supervisor": Names("督查员", "supervisor"),
    "leader": Names("分管领导", "leader in charge"),
    "verifier": Names("核查员", "verifier"),
    "above": Names("上级", "level above"),
}
SAME_DAY = Names("当日", "the same day")
UNTIL = Names("至%s止", "until %s")
OTHERWISE = Names("其余%s", "otherwise %s")
NO_LIMIT = Names("其余不限", "otherwise none")
BEFORE, AFTER = Names("期满前 %s", "%s before"), Names("逾期 %s", "%s over")
BETWEEN = Names("、", ", ")
JUST_OVER = Names("逾期时", "once it is over")


def span(said: Span, language: str) -> str:
    """A length of time in words."""
    if said.number == 0 and said.unit != "hours":
        return SAME_DAY.of(language)
    one, many = UNITS[said.unit]
    return (one if said.number == 1 else many).of(language) % said.number


def limit(said: Limit, playbook: Playbook, language: str) -> str:
    """A limit in words, with the names that the playbook gives to fields and choices."""
    if isinstance(said, Span):
        return span(said, language)
    field = playbook.fields.get(said.field)
    name = field.name.of(language) if field else said.field
    if isinstance(said, Until):
        return UNTIL.of(language) % name
    choices = dict(field.choices) if field else {}
    rows = [f"{choices.get(key, Names(key, key)).of(language)} {span(each, language)}" for key, each in said.choices]
    other = OTHERWISE.of(language) % span(said.otherwise, language) if said.otherwise else NO_LIMIT.of(language)
    return f"{name} – {BETWEEN.of(language).join((*rows, other))}"


def moment(said: Rung, language: str) -> str:
    """When a step comes, in words."""
    if not said.before and said.span.number == 0:
        return JUST_OVER.of(language)
    return (BEFORE if said.before else AFTER).of(language) % span(said.span, language)


def rung(said: Rung, language: str) -> str:
    """When a step comes and who is told, in words."""
    return f"{moment(said, language)} → {BETWEEN.of(language).join(TOLD[who].of(language) for who in said.tell)}"
