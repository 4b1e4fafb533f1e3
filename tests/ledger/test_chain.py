"""The chain: one spelling of a value, hashes that no field escapes, commitments, trees and proofs, ids in order."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luoshi.ledger.chain import (
    SALT_BYTES,
    Header,
    NotCanonical,
    UnknownAlgorithm,
    canonical,
    commit,
    digest,
    event_hash,
    instant,
    uuid7,
)
from luoshi.ledger.chain.merkle import Sibling, follows, inclusion, tree_hash
from luoshi.ledger.models import Event, Item

NOON = datetime.datetime(2026, 11, 22, 4, 0, tzinfo=datetime.UTC)
HEADER = Header(
    id=uuid.UUID(int=1),
    item=uuid.UUID(int=2),
    sequence=3,
    playbook="task",
    version=1,
    verb="sign",
    actor_kind="post",
    actor="post:12",
    actor_unit="A1:water",
    occurred_at=NOON,
    recorded_at=NOON,
    payload={"fields": {"due": "2026-12-31"}, "evidence": [], "children": []},
    previous="ab" * 32,
)


def test_it_works() -> None:
    assert event_hash(HEADER) == digest(canonical(HEADER.plain()))
    assert len(event_hash(HEADER)) == 64


SPELLINGS = [
    (None, "null"),
    (True, "true"),
    ([1, "二", {}], '[1,"二",{}]'),
    ({"b": 2, "a": (1,)}, '{"a":[1],"b":2}'),
    ('\u000f\n"\\/<\u007f€', '"\\u000f\\n\\"\\\\/<\u007f€"'),
    # RFC 8785, 3.2.3: keys in the order of their UTF-16 units.
    (
        {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
        '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}',
    ),
]


@pytest.mark.parametrize(("value", "spelling"), SPELLINGS, ids=str)
def test_a_value_has_one_spelling(value: object, spelling: str) -> None:
    assert canonical(value).decode() == spelling


REFUSED = [
    (0.5, "it: 0.5 is a float"),
    ({"fields": {"shares": [1, 1.0]}}, "fields.shares[1]: 1.0 is a float"),
    ({"a": "b\0"}, "a: a character that is none"),
    ({"b\0": 1}, "a character that is none"),
    ("\ud800", "surrogates"),
    ({"\ud800": 1}, "surrogates"),
    (2**53, "exceeds"),
    ({1: 2}, "keys must be strings"),
    (NOON, "unsupported"),
]


@pytest.mark.parametrize(("value", "words"), REFUSED, ids=str)
def test_what_has_no_spelling_is_refused(value: object, words: str) -> None:
    with pytest.raises(NotCanonical) as told:
        canonical(value)
    assert words in str(told.value)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner)
    ),
    max_leaves=12,
)


@given(json_values)
def test_a_spelling_says_its_value_and_stays(value: object) -> None:
    spelled = canonical(value)
    assert json.loads(spelled) == value
    assert canonical(json.loads(spelled)) == spelled


# What no event holds beside what it does: halves of characters, keys of any kind, fractions, numbers of any size.
ODD = ["\0", "\ud800", "\udfff", "\u001f", "\u007f", "\u2028", "\ufb33", "\U0001f600", "\\u0000", '"', "/"]
odd_text = st.lists(st.sampled_from(ODD) | st.text(max_size=3), max_size=4).map("".join)
wild_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**53, -(2**53), Item.Kind.OPEN])
    | st.floats()
    | odd_text,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(odd_text, inner)
        | st.dictionaries(st.sampled_from("a\ufb33\U0001f600") | st.integers(0, 3) | st.none(), inner)
    ),
    max_leaves=8,
)


@example({"\ufb33": 1, "\U0001f600": 2})
@settings(max_examples=500)
@given(wild_values)
def test_whatever_the_value_the_spelling_is_that_of_the_library(value: Any) -> None:
    def told(spell: Callable[[Any], bytes]) -> bytes | None:
        try:
            return spell(value)
        except (ValueError, rfc8785.CanonicalizationError):
            return None

    kept = not any(isinstance(leaf, float) or (isinstance(leaf, str) and "\0" in leaf) for leaf in leaves(value))
    assert told(canonical) == (told(rfc8785.dumps) if kept else None)


def leaves(value: Any) -> Iterator[Any]:
    """What a value holds in the end, keys too."""
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    if isinstance(inner, list | tuple):
        for each in inner:
            yield from leaves(each)
    else:
        yield inner


def test_a_moment_is_spelled_in_utc() -> None:
    east = datetime.timezone(datetime.timedelta(hours=8))
    assert instant(datetime.datetime(2026, 11, 22, 12, 0, tzinfo=east)) == "2026-11-22T04:00:00.000000Z"
    assert instant(NOON.replace(microsecond=7)) == "2026-11-22T04:00:00.000007Z"
    with pytest.raises(NotCanonical, match="no time zone"):
        instant(datetime.datetime(2026, 11, 22))


CHANGES = {
    "id": uuid.UUID(int=9),
    "item": uuid.UUID(int=9),
    "sequence": 4,
    "playbook": "problem",
    "version": 2,
    "verb": "close",
    "actor_kind": "system",
    "actor": "post:13",
    "actor_unit": "",
    "occurred_at": NOON + datetime.timedelta(microseconds=1),
    "recorded_at": NOON + datetime.timedelta(microseconds=1),
    "payload": {"fields": {"due": "2026-12-30"}, "evidence": [], "children": []},
    "previous": "",
    "algorithm": "sm3",
}


@pytest.mark.parametrize("field", CHANGES)
def test_no_field_escapes_the_hash(field: str) -> None:
    changed = Header(**{**HEADER._asdict(), field: CHANGES[field]})
    assert event_hash(changed) != event_hash(HEADER)


def test_all_columns_of_an_event_are_hashed_but_two() -> None:
    assert set(CHANGES) == set(Header._fields)
    assert {field.name for field in Event._meta.concrete_fields} - set(Header._fields) == {"hash", "request"}


def test_digests_by_name() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    # GB/T 32905-2016, A.1.
    assert digest(b"abc", "sm3") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    with pytest.raises(UnknownAlgorithm, match="'md5' is none"):
        digest(b"abc", "md5")


def test_a_commitment_binds_words_and_salt() -> None:
    salt, other = b"s" * SALT_BYTES, b"t" * SALT_BYTES
    made = {commit(words, salt) for words in ("同意", "同意。", "", "同意\n")} | {commit("同意", other)}
    assert len(made) == 5
    # RFC 4231, test case 2, has a key of another length; so this one was computed by `openssl dgst -sha256 -hmac`.
    assert commit("abc", b"k" * 32) == OPENSSL
    with pytest.raises(ValueError, match="32 bytes, not 3"):
        commit("同意", b"abc")


OPENSSL = "af61b693912efc56e2e46f949719ea10a9e80d68f8dcfb84e26cac5330da3c74"

# The vectors of Certificate Transparency's reference implementation (RFC 6962 and 9162 hash alike).
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("size", range(9))
def test_trees_are_those_of_the_rfc(size: int) -> None:
    assert tree_hash(LEAVES[:size]) == ROOTS[size]


def test_a_way_is_that_of_the_rfc() -> None:
    # RFC 9162, 2.1.5: in a tree of seven, the way of leaf 0 is b, h, l.
    b, h, rest = (tree_hash(LEAVES[a:z]) for a, z in ((1, 2), (2, 4), (4, 7)))
    assert inclusion(LEAVES[:7], 0) == (Sibling("right", b), Sibling("right", h), Sibling("right", rest))
    with pytest.raises(IndexError):
        inclusion(LEAVES, 8)


NOBODY = "00" * 32
hashes = st.lists(
    st.binary(min_size=32, max_size=32).map(bytes.hex).filter(NOBODY.__ne__), min_size=1, max_size=40, unique=True
)


@given(hashes, st.data())
def test_every_leaf_has_a_way_and_no_other_has(leaves: list[str], data: st.DataObject) -> None:
    root, size = tree_hash(leaves), len(leaves)
    index = data.draw(st.integers(0, size - 1))
    way = inclusion(leaves, index)
    assert follows(leaves[index], index, size, way) == root
    assert follows(NOBODY, index, size, way) != root
    other = data.draw(st.integers(-1, size).filter(lambda n: n != index))
    assert follows(leaves[index], other, size, way) is None
    for step, sibling in enumerate(way):
        turned = (*way[:step], sibling._replace(hash=NOBODY), *way[step + 1 :])
        assert follows(leaves[index], index, size, turned) != root
        assert follows(leaves[index], index, size, (*way[:step], *way[step + 1 :])) is None
        assert follows(leaves[index], index, size, (*way[:step], sibling._replace(hash="x"), *way[step + 1 :])) is None


@given(hashes, st.data())
def test_a_tree_forgets_no_leaf(leaves: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    before, after = leaves[:index], leaves[index + 1 :]
    others = (before + after, [*before, NOBODY, *after], [*before, leaves[index], leaves[index], *after])
    assert tree_hash(leaves) not in {tree_hash(other) for other in others}


def test_ids_are_those_of_the_rfc_and_in_order() -> None:
    # RFC 9562, A.6.
    drawn = (0xCC3 << 68 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert uuid7(0x017F22E279B0, drawn) == uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    made = [uuid7(ms, bytes([255 - ms] * 10)) for ms in range(5)]
    assert made == sorted(made) and all(one.version == 7 for one in made)
    for ms, drawn in ((-1, bytes(10)), (1 << 48, bytes(10)), (0, bytes(9))):
        with pytest.raises(ValueError):
            uuid7(ms, drawn)
