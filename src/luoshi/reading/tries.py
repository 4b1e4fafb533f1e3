"""A list of words in, one regular expression for them out that looks at each character once.

The words are laid out as a trie: at any place the longest word is found first, as in an alternation with the
longest words first, but a word list of hundreds costs as much as one of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# A node of the trie: what follows each character; an empty string marks the end of a word.
_Node = dict[str, "_Node"]


def trie(words: Iterable[str]) -> str:
    """The words (not empty, taken literally) as one group of a regular expression."""
    root: _Node = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    # At the top every way begins with its character, not with a set: then `re` itself looks for places where
    # one of these characters stands before it tries anything.
    return f"(?:{'|'.join(re.escape(c) + _expression(after) for c, after in root.items())})"


def _expression(node: _Node) -> str:
    """What may follow at one node; the whole of it may be missing where a word ends there."""
    last = sorted(c for c, after in node.items() if c and set(after) == {""})
    ways = [re.escape(c) + _expression(after) for c, after in node.items() if c and set(after) != {""}]
    if last:
        ways.append(re.escape(last[0]) if len(last) == 1 else f"[{re.escape(''.join(last))}]")
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)})" + ("?" if "" in node else "")
