"""Made pages in; what luoshi and its peers take from them, side by side in one run, out.

    python -m bench.pages            luoshi alone, and how its time grows with pages all of one thing
    pip install -r bench/requirements.in      the peers, for the whole table

Every template of tests/pages with every report of the gold. Body: share of characters in paragraphs that came
through whole, on lines of their own or not. Leak: share of the strings of navigation, sidebars and feet that came
through. Lines: share of publishers, dates and editors that stand in the text (of luoshi also what it knows
besides). Speed is processor time; the words of every page differ, as those of a crawl do, because trafilatura keeps
answers for words that it saw before.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from typing import Any

from tests.made_pages import MadePage, judged, made_pages, with_other_words

from luoshi.reading.sources.html import read_html
from luoshi.reading.sources.html.decoding import decoded

Extractor = Callable[[bytes], str]
BASE = "trafilatura"
# Pages that an extractor takes in one turn.
TURN = 20
# Pages of one thing: what is repeated to a quarter of a megabyte and to four times that.
SHAPES = ("<", "&", "<div>", "<a ", "<!--", '<a href="', "<script>x</scrip", "<td>", "<table><tr><td>", "<li>中")


def _luoshi(page: bytes) -> str:
    found = read_html(page, "page.html")
    known = (found.known.published, found.known.publisher, found.known.editor)
    return "\n".join([found.text, *filter(None, known)])


def _peers() -> dict[str, Extractor]:
    """The peers that are installed."""
    found: dict[str, Extractor] = {}
    if peer := _module("trafilatura"):
        found["trafilatura"] = lambda page: peer.extract(page, include_tables=True) or ""
        found["trafilatura precise"] = lambda page: peer.extract(page, favor_precision=True) or ""
    if (peer_2 := _module("readability")) and (lxml := _module("lxml.html")):
        found["readability-lxml"] = lambda page: lxml.fromstring(
            peer_2.Document(decoded(page)[0]).summary()
        ).text_content()
    if peer_3 := _module("resiliparse.extract.html2text"):
        found["resiliparse"] = lambda page: peer_3.extract_plain_text(decoded(page)[0], main_content=True)
    return found


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _rates(extractors: dict[str, Extractor], pages: list[MadePage]) -> dict[str, float]:
    """Pages a second of processor time, after a first turn that is not counted; the extractors take turns, so
    that a busy machine is busy for all."""
    fresh = [with_other_words(page, str(i)) for i, page in enumerate(pages)]
    for extract in extractors.values():
        for page in pages[:TURN]:
            extract(page.data)
    spent = dict.fromkeys(extractors, 0.0)
    for at in range(0, len(fresh), TURN):
        for name, extract in extractors.items():
            began = time.process_time()
            for data in fresh[at : at + TURN]:
                extract(data)
            spent[name] += time.process_time() - began
    return {name: len(fresh) / seconds for name, seconds in spent.items()}


def _kept(extract: Extractor, pages: list[MadePage]) -> tuple[float, float, float]:
    """Shares of body, chrome and lines that come through."""
    judged_all = [judged(page, extract(page.data), glued=True) for page in pages]
    body = sum(k.body[0] for k in judged_all) / sum(k.body[1] for k in judged_all)
    leak = sum(len(k.leaked) for k in judged_all) / sum(k.chrome for k in judged_all)
    lines = 1 - sum(len(k.lost) for k in judged_all) / sum(len(page.shows) for page in pages)
    return body, leak, lines


def _shapes() -> None:
    print("\npage of one thing     0.25 MB       1 MB")
    for shape in SHAPES:
        seconds = []
        for size in (250_000, 1_000_000):
            page = (shape * (size // len(shape.encode()))).encode()
            began = time.process_time()
            read_html(page, "page.html")
            seconds.append(time.process_time() - began)
        print(f"{shape:<18} {seconds[0]:8.2f} s {seconds[1]:8.2f} s")


def main() -> None:
    """Print the table."""
    pages = list(made_pages())
    peers = _peers()
    extractors = {"luoshi": _luoshi, **peers}
    size = sum(len(page.data) for page in pages) / len(pages)
    print(f"{len(pages)} pages, {size / 1000:.1f} kB each on average")
    rates = _rates(extractors, pages)
    print(f"{'':<20} {'body':>6} {'leak':>6} {'lines':>6} {'pages/s':>8} {'x ' + BASE:>14}")
    for name, extract in extractors.items():
        body, leak, lines = _kept(extract, pages)
        ratio = f"{rates[name] / rates[BASE]:.1f}" if BASE in rates else "-"
        print(f"{name:<20} {body:6.3f} {leak:6.3f} {lines:6.3f} {rates[name]:8.0f} {ratio:>14}")
    if len(peers) < 4:
        print("Some peers are not installed; for the whole table: pip install -r bench/requirements.in")
    _shapes()


if __name__ == "__main__":
    main()
