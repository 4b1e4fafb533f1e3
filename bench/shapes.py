"""A length in, a text of about that length in one of the shapes that strain a reader out."""

from __future__ import annotations

from collections.abc import Callable


def _filled(head: str, piece: str, tail: str = "。") -> Callable[[int], str]:
    return lambda length: head + (piece * (length // len(piece) + 1))[:length] + tail


SAID = "会议强调，要"
SHAPES: dict[str, Callable[[int], str]] = {
    "one sentence": _filled(SAID, "压实防汛责任加密巡堤查险完善制度"),
    "one sentence of clauses": _filled(SAID, "压实防汛责任，加密巡堤查险，完善制度，"),
    "all commas": _filled("", "，"),
    "nested brackets": lambda length: SAID + "（" * (length // 2) + "抓" + "）" * (length // 2) + "。",
    "open brackets": _filled(SAID + "抓", "（"),
    "quotations": _filled(SAID + "抓", "“抓”"),
    "要": _filled("会议强调，", "要"),
    "要 in clauses": _filled("会议强调，", "要抓，"),
    "readings in brackets": _filled("", "会(huì)议(yì)"),
    "half readings": _filled("", "会(huì议(yì"),
    "lines": _filled("", "抓\n"),
    "spaces": _filled("抓", " ", "抓。"),
    "semicolons": _filled(SAID, "抓实；"),
    "full stops": _filled(SAID + "抓。", "抓实。"),
    "a list": _filled(SAID, "抓实、"),
    "grouped digits": _filled(SAID + "到", "1,000"),
    "deadlines": _filled(SAID + "在", "6月底前"),
    "targets": _filled(SAID, "增长5%以上、"),
    "numerals": _filled(SAID, "一百二十三"),
    "statements": _filled("", "李明强调，要抓实。"),
    "names": _filled("出席会议的有", "李明、"),
    "posts": _filled("", "市委副书记、市长、", "李明出席会议。"),
    "meetings": _filled("", "市委召开工作会议。"),
    "owners": _filled("", "1.抓实工作。（责任单位：市水利局）\n"),
    "enumerated": _filled("会议强调，", "一要抓实；二要抓好。"),
    "comments never closed": _filled("", "<!--"),
    "comments": _filled("", "<!-- a -->"),
    "spoiled": _filled("", "浼氳鎸囧嚭"),
    "quotation marks": _filled("", '"会议强调，要抓"\n'),
}
