"""One text in, another of the same length out: radicals, script, punctuation, each character for one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from operator import ne

import opencc

from .rules import load
from .tries import trie

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003134f"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_WIDE = f"[{HAN}，。、；：？！“”‘’（）《》〈〉…—]"
# ASCII punctuation counts as Chinese where it touches Chinese; in 15:05, 1,000 or a URL it stays.
_ASCII = re.compile('[,;:?!()"]')
# Converters put spaces around every mark; between Chinese on both sides it is the same mark.
_ASCII_BESIDE_HAN = re.compile(
    f"(?<={_WIDE})[,;:?!()]|[,;:?!()](?={_WIDE})|(?<={_WIDE} )[,;:()](?= {_WIDE})|(?<={_WIDE} )\\)(?=\n|$)"
)


@cache
def _plain_table() -> dict[int, str]:
    """Radicals, compatibility ideographs, full-width letters and spaces, each to one plain character."""
    table: dict[int, str] = {}
    for low, high in ((0x2F00, 0x2FD6), (0x2E80, 0x2EF4), (0xF900, 0xFADA), (0xFF10, 0xFF5B)):
        for code in range(low, high):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and (plain.isalnum() or low < 0xFF00) and ord(plain) != code:
                table[code] = plain
    for space in "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t":
        table[ord(space)] = " "
    for quote, plain in zip("「」『』﹁﹂﹃﹄｢｣", "“”‘’“”‘’“”", strict=True):
        table[ord(quote)] = plain
    characters = load("characters")
    table.update({ord(k): v for k, v in characters["radicals"].items()})
    table.update({ord(k): v for k, v in characters["punctuation"].items()})
    return table


@cache
def _odd() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(map(chr, _plain_table()))) + "]")


@cache
def _converter() -> opencc.OpenCC:
    """OpenCC's t2s. Other packages install a module of the same name that converts otherwise."""
    converter = opencc.OpenCC("t2s")
    if converter.convert("業複隻") != "业复只":
        raise RuntimeError(
            f"the module opencc at {opencc.__file__} is not OpenCC; "
            "uninstall opencc-py and opencc-python-reimplemented, then reinstall OpenCC"
        )
    return converter


def plain(text: str) -> str:
    """Radicals that PDFs hold instead of characters, odd spaces and corner brackets put right."""
    table = _plain_table()
    out = _odd().sub(lambda match: table[ord(match.group())], text)
    if "\r" in out:
        out = out.replace("\r\n", " \n").replace("\r", "\n")
    assert len(out) == len(text)
    return out


@lru_cache(maxsize=4)
def simplified(text: str) -> str:
    """Traditional characters to simplified by OpenCC t2s and a fix list; nothing is reworded.

    t2s has no entry that changes length (READING_PEERS §2); the check guards against another dictionary.
    """
    out = _converted(text)
    if len(out) != len(text):
        out = "".join(one if len(one := _converter().convert(c)) == 1 else c for c in text)
    fixes = load("characters")["after_t2s"]
    if _wrong().search(out):
        for wrong, right in fixes.items():
            out = out.replace(wrong, right)
    return out


@lru_cache(maxsize=4)
def _converted(text: str) -> str:
    """OpenCC's conversion; a page is asked for before and after its breaks are dropped, and of most nothing is."""
    out: str = _converter().convert(text)
    return out


@cache
def _wrong() -> re.Pattern[str]:
    """What the fix list puts right."""
    return re.compile(trie(load("characters")["after_t2s"]))


# Surnames and given names that simplified text writes with a character t2s would change.
_NAMES_IN_HANS = frozenset("於鍾锺乾徵昇甯喆")


def kept_in_hans(text: str, converted: str) -> str:
    """Converted text of a page in simplified script, with the characters of names put back."""
    if text == converted or not _NAMES_IN_HANS.intersection(text):
        return converted
    return "".join(a if a in _NAMES_IN_HANS else b for a, b in zip(text, converted, strict=True))


def punctuated(text: str) -> str:
    """Half-width punctuation beside Chinese made full-width; straight quotation marks made a pair."""
    if not _ASCII.search(text):
        return text
    out = _ASCII_BESIDE_HAN.sub(lambda m: _FULL[m.group()], text)
    out = _ASCII_BESIDE_HAN.sub(lambda m: _FULL[m.group()], out)
    if '"' in out:
        out = "\n".join(_paired(line) for line in out.split("\n"))
    return out


def _paired(line: str) -> str:
    if line.count('"') % 2 or not re.search(f"[{HAN}]", line):
        return line
    parts = line.split('"')
    return "".join(p + ("" if i == len(parts) - 1 else "“”"[i % 2]) for i, p in enumerate(parts))


_NOT_HAN = re.compile(f"[^{HAN}]+")


def is_traditional(text: str) -> bool:
    """Whether the text is in traditional script: more than 3 % of its Han characters change in t2s."""
    if _converted(text) == text:
        return False
    sample = _NOT_HAN.sub("", text)[:4000]
    converted = _converter().convert(sample)
    changed = sum(map(ne, sample, converted)) if sample != converted else 0
    # Traditional pages change 35 %; a page with mixed script (002) 15 %; simplified pages below 0.5 %.
    # One or two in a short text may be names.
    return changed >= 3 and changed / len(sample) > 0.03
