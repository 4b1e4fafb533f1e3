"""The text of a page in, its tags in order out, each a match that knows where it stood.

Every part of the pattern is possessive or ends at the next `<`, so that a page of any shape takes time in
proportion to its length. A quoted value may hold anything; a quotation mark that is never closed is a
character; a comment that is never closed is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ATTRIBUTES = r"""((?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)"""
_END = r"(?:>|(?=<)|\Z)"
_NAME = r"""([a-zA-Z][^\s/<>"'=]*+)"""
_RAW = "(?=[sSnNiItTxX][cCtToOfFeEmM])((?i:script|style|noscript|iframe|noembed|textarea|xmp))(?![\\w:-])"
_TAGS = rf"""<(?:
    {_RAW} {_ATTRIBUTES} > ((?:[^<]++|<(?!/(?i:\1)(?![\w:-])))*+) (?:</(?i:\1)[^<>]*+>?+)?+
  | {_NAME} (?:>|{_ATTRIBUTES} {_END})
  | / {_NAME} (?:>|{_ATTRIBUTES.replace("((?:", "(?:(?:", 1)} {_END})
"""
_COMMENT = r"| !--(?: -?+> | (?:[^-]++|-(?!->))*+--> ) | (!--)"
_OTHER = r"| [!?/][^<>]*+>?+ )"
_WITH_COMMENTS = re.compile(_TAGS + _COMMENT + _OTHER, re.X)
_WITHOUT_COMMENTS = re.compile(_TAGS + "| (\\Z\\A)" + _OTHER, re.X)

# The groups of a token. The last it has tells what it is: the content of an element whose content is no markup, the
# name of a tag that opens or what is written behind it, the name of one that closes, the beginning of a comment that
# is never closed. Other tokens have none.
RAW_WRITTEN, RAW_CONTENT, NAME, WRITTEN, CLOSING, UNCLOSED = range(2, 8)
OPENING = frozenset((NAME, WRITTEN))


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Tags, comments and declarations in order, told apart by their `lastindex`; what stands between them is text."""
    if text.find("<!--", text.rfind("-->") + 1) < 0:
        return _WITH_COMMENTS.finditer(text)
    return _to_an_unclosed_comment(text)


def _to_an_unclosed_comment(text: str) -> Iterator[re.Match[str]]:
    at = 0
    for token in _WITH_COMMENTS.finditer(text):
        if token.lastindex == UNCLOSED:
            break
        at = token.end()
        yield token
    else:
        return
    yield from _WITHOUT_COMMENTS.finditer(text, at)


_ATTRIBUTE = re.compile(r"""([a-z_:][\w:.-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.I)


def attributes(written: str) -> dict[str, str]:
    """Names, in lower case, and values of the attributes of a tag, as they are written."""
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(written)}
