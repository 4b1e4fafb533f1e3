"""A folder of good reports and of files made to break a reader: a line for each bad one, the good ones read."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.reading.documents.made import (
    ofd_file,
    paragraph,
    part,
    pdf_file,
    table,
    word_file,
    zipped,
)
from tests.reading.documents.test_hostile import LAUGHS, OUTSIDE, bomb, flagged, sheet_with
from tests.reading.documents.test_sheet import ledger, saved
from tests.streams.made import crawled, lines, packed, tarred

REPORT = "3月1日，县政府召开会议。会议强调，要压实责任，提高政治站位；严禁弄虚作假。\n"
ZEROS = b"\0" * (9 * 1024 * 1024)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _pages(count: int) -> bytes:
    """A PDF of so many pages with a word on each."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    objects.append(b"<</Length 33>>\nstream\nBT /F 12 Tf 72 700 Td (word) Tj ET\nendstream")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    objects += [page] * count
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    cross = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out + head + cross + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )


def _locked_pdf() -> bytes:
    canvas = Canvas("locked.pdf", encrypt=StandardEncryption("password", canPrint=0))
    canvas.drawString(72, 700, "secret")
    data = canvas.getpdfdata()
    assert isinstance(data, bytes)
    return data


def _locked_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def _calling_home(kind: str, more: str = "") -> bytes:
    """A Word file whose parts (a picture, a template, a frame) are somewhere in the network."""
    link = f'<Relationship Id="r9" Type="{_OFFICE}/{kind}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    links = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
    )
    body = f"<w:body>{paragraph(REPORT.strip())}{more}</w:body>"
    settings = {"word/_rels/settings.xml.rels": links, "word/settings.xml": part("settings", "")}
    return zipped({"word/document.xml": part("document", body), "word/_rels/document.xml.rels": links, **settings})


def _macros() -> bytes:
    """A .docm: a Word file with a program in it."""
    body = f"<w:body>{paragraph(REPORT.strip())}</w:body>"
    return zipped(
        {"word/document.xml": part("document", body), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 99}
    )


def _warc() -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        path = Path(name) / "x.warc.gz"
        crawled(path, {"http://site.example/a": ("200 OK", "text/plain", REPORT.encode() * 99)})
        return path.read_bytes()


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


WORD, OFD = word_file(paragraph(REPORT.strip())), ofd_file([[REPORT.strip()]])
GOOD: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: REPORT.encode(),
    "calling.docx": lambda: _calling_home("image"),
    "template.docx": lambda: _calling_home("attachedTemplate"),
    "macros.docx": _macros,
    "sheet.xlsx": lambda: saved(ledger()),
    "table.docx": lambda: word_file(table(f"<w:tc>{paragraph(REPORT.strip())}</w:tc>")),
    "z.ofd": lambda: OFD,
}
# Each with a word of the line that is said of it.
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: bomb("word/document.xml", 70), "unfolds to 70 MB"),
    "bomb.xlsx": (lambda: bomb("xl/workbook.xml", 70), "unfolds to 70 MB"),
    "bomb.ofd": (lambda: bomb("OFD.xml", 70), "unfolds to 70 MB"),
    "bomb.zip": (lambda: zipped({"zeros.txt": ZEROS}), "like a bomb"),
    "nested.zip": (lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": ZEROS})})}), "holds no report"),
    "bombs.zip": (lambda: zipped({"a.zip": zipped({f"{i}.txt": ZEROS for i in range(1)})}), "like a bomb"),
    "bomb.tar.gz": (lambda: packed(tarred({"z.bin": ZEROS * 8})), "200 times"),
    "bomb.jsonl.gz": (lambda: gzip.compress(b" " * len(ZEROS) * 6), "200 times|no report"),
    "laughs.docx": (lambda: zipped({"word/document.xml": LAUGHS}), "entities"),
    "laughs.xlsx": (lambda: sheet_with(xl__workbook=LAUGHS), "entities"),
    "laughs.ofd": (lambda: zipped({"OFD.xml": LAUGHS}), "entities"),
    "outside.docx": (lambda: zipped({"word/document.xml": OUTSIDE}), "entities"),
    "outside.xlsx": (lambda: sheet_with(xl__workbook=OUTSIDE), "entities"),
    "outside.ofd": (lambda: zipped({"OFD.xml": OUTSIDE}), "entities"),
    "locked.docx": (_locked_word, "encrypted"),
    "locked.pdf": (_locked_pdf, "encrypted"),
    "flagged.docx": (flagged, "encrypted"),
    "locked.zip": (lambda: flagged().replace(b"word/document.xml", b"word/document.txt"), "encrypted"),
    "half.docx": (lambda: _half(WORD), "cut off"),
    "half.xlsx": (lambda: _half(saved(ledger())), "cut off"),
    "half.ofd": (lambda: _half(OFD), "cut off"),
    "half.pdf": (lambda: _half(pdf_file(["标题", REPORT.strip()]))[:600], "cut off"),
    "half.zip": (lambda: _half(zipped({"a.txt": REPORT * 99})), "cut off"),
    "half.tar.gz": (lambda: _half(packed(tarred({"a.txt": REPORT * 9}))), "cut off"),
    "half.jsonl.gz": (lambda: _half(packed(lines({"text": REPORT}))), "cut off"),
    "half.warc.gz": (lambda: _half(_warc()), "holds no report"),
    "pages.pdf": (lambda: _pages(10_000), "10,000 pages, more than the 1,000"),
    "empty.txt": (lambda: b"", "empty"),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 999, "old Word"),
    "zlib.pdf": (lambda: b"%PDF-1.7\n" + zlib.compress(ZEROS), "damaged"),
}

# The command, with every look at the network and every file opened for writing told; so much memory at the most.
WATCHED = """
    import os, resource, sys
    from luoshi.cli import main
    resource.setrlimit(resource.RLIMIT_AS, (3 * 1024**3,) * 2)
    def watch(event, arguments):
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event.startswith(("socket.", "subprocess.", "os.system", "os.exec")) or writes:
            os.write(2, f"TOUCHED {event} {arguments}\\n".encode())
    sys.addaudithook(watch)
    main()
"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("attacked")
    for name, made in GOOD.items():
        (folder / name).write_bytes(made())
    for name, (made, _) in BAD.items():
        (folder / name).write_bytes(made())
    command = [sys.executable, "-c", textwrap.dedent(WATCHED), "read", "--format", "jsonl", str(folder)]
    return folder, subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=300)


def test_the_good_ones_are_read(attacked: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, done = attacked
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reading["source"]["name"] for reading in readings] == sorted(GOOD)
    assert all(reading["directives"] for reading in readings)
    assert done.returncode == 2


@pytest.mark.parametrize("name", BAD)
def test_a_bad_one_is_one_line(attacked: tuple[Path, subprocess.CompletedProcess[str]], name: str) -> None:
    folder, done = attacked
    (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"luoshi: {folder / name}")]
    assert any(words in line for words in BAD[name][1].split("|")) and "the reader failed" not in line


def test_nothing_else_is_said_or_touched(attacked: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = attacked
    assert len(done.stderr.splitlines()) == len(BAD) and "TOUCHED" not in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == sorted([*GOOD, *BAD])
