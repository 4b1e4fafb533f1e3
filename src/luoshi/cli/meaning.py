"""A printed name of an owner and who speaks in; what it means out, as a value for JSON and as a line to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.places.lines.naming import name_of
from luoshi.places.names import Answer, Context, Directory, Resolver, default_directory


class Meanings:
    """Says of names what they mean in one context; of the places and lines that luoshi brings, without a database."""

    def __init__(self, context: Context, directory: Directory | None = None) -> None:
        self.directory = directory or default_directory()
        self.day = context.day
        self.resolver = Resolver(context, self.directory)

    def as_dict(self, name: str) -> dict[str, Any]:
        """The meaning of a name: its kind, the one unit if there is one, all that may be meant with their reasons."""
        return self._told(self.resolver.resolve(name))

    def _told(self, answer: Answer) -> dict[str, Any]:
        told: dict[str, Any] = {"kind": answer.kind}
        if answer.kind == "unit":
            told["unit"] = answer.unit
            told["candidates"] = [
                {"unit": c.unit, "name": self.full(c.unit), "score": round(c.score, 2), "reason": str(c.reason)}
                for c in answer.candidates
            ]
        if answer.members:
            told["members"] = [{"name": member.name, **self._told(member)} for member in answer.members]
        if answer.group:
            told["group"] = answer.group
        if answer.units:
            told["units"] = list(answer.units)
        return told

    def line(self, name: str) -> str:
        """The meaning in a few words: the full name of the unit, how many there are, or that it is open."""
        answer = self.resolver.resolve(name)
        if answer.kind != "several":
            return self._said(answer)
        return "；".join(f"{member.name}：{self._said(member)}" for member in answer.members)

    def _said(self, answer: Answer) -> str:
        if answer.unit:
            now = answer.candidates[0].current
            return f"原{self.full(answer.unit)}，今{self.full(now)}" if now else self.full(answer.unit)
        if answer.kind == "unit":
            return f"可能指{len(answer.candidates)}个单位，未定"
        if answer.kind == "set":
            return f"{len(answer.units)}个单位"
        return "统称" if answer.kind == "class" else "未识别"

    def full(self, unit: str) -> str:
        """The full name of a unit on the day, or the last it bore; its key where nothing says it."""
        place, _, key = unit.rpartition("/")
        state, line = self.directory.places.now(place, self.day), self.directory.lines.by_key.get(key)
        if state is None or line is None:
            return unit
        province = self.directory.places.province_code(state, self.day)
        periods = line.names(state.level, province, state.code, state.name)
        period = next((p for p in periods if p.on(self.day)), periods[-1] if periods else None)
        return name_of(period, state.name).full if period else unit


def place_called(typed: str, day: date, directory: Directory) -> str | None:
    """The key of the one place of a name, a code or a key on a day; None where there is none, or several."""
    if known := directory.places.chain_of(typed, day):
        return known[0].key
    chains = [chain for chain in directory.places.begins(typed, 0, day) if chain.text == typed]
    keys = {state.key for chain in chains for state in chain.states if state.on(day)}
    return keys.pop() if len(keys) == 1 else None
