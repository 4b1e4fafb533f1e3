"""A name in two languages in, the one of a language out: what everything in a playbook is called by."""

from __future__ import annotations

from typing import NamedTuple

from luoshi.traditional import traditional


class Names(NamedTuple):
    """What something is called, in simplified Chinese and English."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The name in a language by its code (`en`, `en-gb`, `zh-hant`); simplified Chinese in any other."""
        if language.lower().startswith("en"):
            return self.en
        return traditional(self.zh) if language.lower() == "zh-hant" else self.zh
