"""Sound bytes and random numbers in, spoiled bytes out: what disks, programs and hostile people do to files."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import yaml

Mutator = Callable[[bytes, random.Random], bytes]

_DATA = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
WORDS: list[str] = _DATA["words"]
TAGS: list[str] = _DATA["tags"]
VALUES: list[str] = _DATA["values"]
CODECS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-be", "latin-1", "utf-8-sig", "utf-7")
_TAG = re.compile(rb"<[^<>]{0,200}>")
_ELEMENTS = rb"w:p|w:r|w:tc|w:tr|w:tbl|w:t|row|c|v|ofd:TextObject|ofd:TextCode|ofd:Layer|p|td|tr|table|div|span"
_ELEMENT = re.compile(rb"<(" + _ELEMENTS + rb")\b[^<>]*>.{0,3000}?</\1>", re.S)
_BETWEEN = re.compile(rb">([^<>]+)<")
_VALUE = re.compile(rb"=\s*(?:\"[^\"<>]{0,80}\"|'[^'<>]{0,80}')")
# The most a single change repeats something, and the bytes that makes at the most: an input stays small.
RUN, LONGEST = 400, 4_000


def _stretch(data: bytes | str, rng: random.Random, most: int = 60) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randrange(most))


def _many(piece: bytes, times: int) -> bytes:
    return piece * min(times, LONGEST // len(piece) + 1)


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20)) if out else 0):
        out[rng.randrange(len(out))] = rng.choice((0, 1, 9, 10, 34, 60, 127, 128, 255, rng.randrange(256)))
    return bytes(out)


def inserted(data: bytes, rng: random.Random) -> bytes:
    """Bytes put in."""
    at, _ = _stretch(data, rng)
    return data[:at] + rng.randbytes(rng.randrange(1, 9)) * rng.choice((1, 1, 50)) + data[at:]


def deleted(data: bytes, rng: random.Random) -> bytes:
    """A stretch left out."""
    start, end = _stretch(data, rng, rng.choice((4, 60, 2000)))
    return data[:start] + data[end:]


def doubled(data: bytes, rng: random.Random) -> bytes:
    """A stretch printed again, once or often."""
    start, end = _stretch(data, rng, rng.choice((8, 400)))
    return data[:end] + data[start:end] * rng.choice((1, 2, 30)) + data[end:]


def moved(data: bytes, rng: random.Random) -> bytes:
    """A stretch put elsewhere."""
    start, end = _stretch(data, rng, 300)
    rest = data[:start] + data[end:]
    at, _ = _stretch(rest, rng)
    return rest[:at] + data[start:end] + rest[at:]


def cut(data: bytes, rng: random.Random) -> bytes:
    """The end cut off, or the beginning."""
    at = rng.randrange(len(data) + 1)
    return data[at:] if rng.random() < 0.2 else data[:at]


BYTES: tuple[Mutator, ...] = (flipped, inserted, deleted, doubled, moved, cut)


def tags_swapped(data: bytes, rng: random.Random) -> bytes:
    """Two tags change places."""
    found = list(_TAG.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(rng.sample(found, 2), key=lambda m: m.start())
    return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]


def tag_lost_or_nested(data: bytes, rng: random.Random) -> bytes:
    """A tag is missing, or there many times."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    tag = rng.choice(found)
    return data[: tag.start()] + _many(tag[0], rng.choice((0, 2, 20, RUN))) + data[tag.end() :]


def tag_inserted(data: bytes, rng: random.Random) -> bytes:
    """Tags and entities that do not belong there."""
    at = rng.choice([m.start() for m in _TAG.finditer(data)] or [0]) if rng.random() < 0.7 else _stretch(data, rng)[0]
    return data[:at] + _many(rng.choice(TAGS).encode(), rng.choice((1, 1, 1, 5, RUN))) + data[at:]


def value_changed(data: bytes, rng: random.Random) -> bytes:
    """The value of an attribute is another."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    value = rng.choice(found)
    return data[: value.start()] + b'="' + rng.choice(VALUES).encode() + b'"' + data[value.end() :]


def words_inserted(text: str, rng: random.Random) -> str:
    """Marks, numbers, enumerators, signal words anywhere."""
    for _ in range(rng.choice((1, 1, 4, 12))):
        at, _ = _stretch(text, rng)
        text = text[:at] + rng.choice(WORDS) * rng.choice((1, 1, 1, 2, 40)) + text[at:]
    return text


def word_run(text: str, rng: random.Random) -> str:
    """One or two words over and over."""
    at, _ = _stretch(text, rng)
    return text[:at] + "".join(rng.choices(WORDS, k=rng.randrange(1, 4))) * rng.randrange(RUN // 3) + text[at:]


def bracketed(text: str, rng: random.Random) -> str:
    """A stretch within brackets within brackets."""
    start, end = _stretch(text, rng)
    depth = rng.choice((1, 2, 30))
    opening, closing = rng.choice(("（）", "“”", "()", "《》", "【】", '""'))
    return text[:start] + opening * depth + text[start:end] + closing * depth + text[end:]


def shuffled(text: str, rng: random.Random) -> str:
    """Lines, or clauses, in another order."""
    mark = rng.choice("\n，。")
    pieces = text.split(mark)
    rng.shuffle(pieces)
    return mark.join(pieces)


TEXT = (words_inserted, words_inserted, word_run, bracketed, shuffled)


def in_text(data: bytes, codec: str, rng: random.Random) -> bytes:
    """The words changed, in the encoding they were in; now and then a part of them in another."""
    text = rng.choice(TEXT)(data.decode(codec, "replace"), rng)
    if rng.random() < 0.1:
        at, _ = _stretch(text, rng)
        return text[:at].encode(codec, "replace") + text[at:].encode(rng.choice(CODECS), "replace")
    return text.encode(codec, "replace")


def crossed(one: bytes, two: bytes, rng: random.Random) -> bytes:
    """The beginning of one input, the end of another."""
    return one[: rng.randrange(len(one) + 1)] + two[rng.randrange(len(two) + 1) :]


def element_elsewhere(data: bytes, rng: random.Random) -> bytes:
    """A whole element is gone, there several times, or somewhere else: what stays is sound."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return data
    one, place = rng.choice(found), rng.choice(found).start()
    fate = rng.random()
    if fate < 0.2:
        return data[: one.start()] + data[one.end() :]
    at = one.start() if fate < 0.6 else place
    return data[:at] + _many(one[0], rng.choice((1, 1, 3, RUN))) + data[at:]


def words_between(data: bytes, rng: random.Random) -> bytes:
    """The words between two tags changed, so that the markup stays sound."""
    found = [match for match in _BETWEEN.finditer(data) if match[1].strip()]
    if not found:
        return data
    words = rng.choice(found)
    new = rng.choice(TEXT)(words[1].decode("utf-8", "replace"), rng)
    sound = "".join(c for c in new if c in "\t\n\r" or c >= " ").replace("<", "&lt;")
    return data[: words.start(1)] + sound.encode("utf-8", "replace") + data[words.end(1) :]


MARKUP: tuple[Mutator, ...] = (tags_swapped, tag_lost_or_nested, tag_inserted, tag_inserted, value_changed)
SOUND: tuple[Mutator, ...] = (element_elsewhere, words_between, words_between, value_changed)
