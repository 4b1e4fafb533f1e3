"""Pictures of pages in, their text out, where the recogniser is installed; what to install where it is not."""

from __future__ import annotations

import importlib.util
import io

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from luoshi.reading import Unreadable
from luoshi.reading.sources import from_bytes, ocr

from .made import pdf_file

LINES = ["全市防汛工作会议召开", "会议强调，要压实防汛责任，加密巡堤查险，紧盯水库、河道和低洼地带，确保群众安全。"]
INSTALLED = importlib.util.find_spec("rapidocr") is not None


def picture(form: str) -> bytes:
    out = io.BytesIO()
    pdfium.PdfDocument(pdf_file(LINES, head=""))[0].render(scale=150 / 72).to_pil().save(out, form)
    return out.getvalue()


def scan() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(picture("PNG"))), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


@pytest.mark.skipif(INSTALLED, reason="the recogniser is there")
def test_what_to_install_is_said() -> None:
    for data in (scan(), picture("PNG"), picture("JPEG")):
        with pytest.raises(Unreadable, match=r"picture.*pip install 'luoshi\[ocr\]'"):
            from_bytes(data)


@pytest.mark.skipif(not INSTALLED, reason="the recogniser is not there (extra ocr)")
def test_it_works() -> None:
    for data in (scan(), picture("PNG")):
        assert from_bytes(data).text.splitlines() == LINES


class Recognised:
    """What a recogniser gives for one line of four characters and one of which it is unsure."""

    boxes = (((10, 10), (50, 12), (50, 20), (10, 18)), ((10, 40), (20, 40), (20, 50), (10, 50)))
    txts = ("落实AB", "印")
    scores = (0.9, 0.2)


def test_characters_share_the_box_of_their_line() -> None:
    glyphs = list(ocr._glyphs(Recognised))
    assert "".join(glyph.text for glyph in glyphs) == "落实AB"
    assert [glyph.place for glyph in glyphs] == [0, 1, 2, 3]
    assert glyphs[0].right - glyphs[0].left == pytest.approx(2 * (glyphs[3].right - glyphs[3].left))
    assert glyphs[3].right == pytest.approx(50)


def test_nothing_recognised_is_nothing() -> None:
    class Empty:
        boxes = txts = scores = None

    assert list(ocr._glyphs(Empty)) == []
