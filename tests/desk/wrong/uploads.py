"""Files that are none, that lie or that are too much in, uploads of reports and ledgers out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.intake.books import PLAIN, book
from tests.ledger.office import Office
from tests.reading.documents.made import zipped
from tests.reading.documents.test_hostile import LAUGHS, OUTSIDE, bomb, flagged, packed, sheet_with, word_xml

from .noun import Case

Maker = Callable[[], bytes]
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
# What no reader takes, whatever it is sent as.
SPOILED: dict[str, Maker] = {
    "empty.txt": lambda: b"",
    "blank.txt": lambda: " \n　\t".encode(),
    "mark.txt": lambda: b"\xef\xbb\xbf",
    "binary.txt": lambda: bytes(range(256)) * 40,
    "zeros.txt": lambda: b"\0" * 4096,
    "program.exe": lambda: b"MZ\x90\0" + b"\0" * 400,
    "program.txt": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 400,
    "locked.docx": lambda: LOCKED,
    "locked.xlsx": lambda: LOCKED,
    "flagged.docx": flagged,
    "old.doc": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 900,
    "old.xls": lambda: b"\xd0\xcf\x11\xe0 Workbook" + b"\0" * 900,
    "half.docx": lambda: word_xml("<a/>")[:-20],
    "half.xlsx": lambda: book(*PLAIN)[:700],
    "half.pdf": lambda: b"%PDF-1.7\n1 0 obj <<",
    "bomb.docx": lambda: bomb("word/document.xml", 70),
    "bomb.xlsx": lambda: bomb("xl/workbook.xml", 70),
    "bomb.ofd": lambda: bomb("OFD.xml", 70),
    "laughs.docx": lambda: word_xml(LAUGHS),
    "laughs.xlsx": lambda: sheet_with(xl__workbook=LAUGHS),
    "laughs.ofd": lambda: zipped({"OFD.xml": LAUGHS}),
    "outside.docx": lambda: word_xml(OUTSIDE),
    "bzip.docx": lambda: packed(12),
    "nested.docx": lambda: word_xml("<a>" * 5000),
    "nothing.docx": lambda: word_xml("<a/>"),
    "some.zip": lambda: zipped({"a.txt": "text"}),
    "slides.pptx": lambda: zipped({"ppt/slides/slide1.xml": "<a/>"}),
    "rich.rtf": lambda: b"{\\rtf1 text}",
    "packed.gz": lambda: b"\x1f\x8b\x08" + b"\0" * 60,
    "picture.gif": lambda: b"GIF89a" + b"\0" * 60,
    "picture.png": lambda: PNG,
    "photo.jpg": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 60,
    "sound.mp3": lambda: b"ID3\x03" + b"\0" * 600,
    "large.txt": lambda: "要落实。\n".encode() * 900_000,
}
# Names that would lead elsewhere, look like another's, or be a page.
NAMES = (
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "a\u202etxt.exe",
    "长" * 300 + ".txt",
    "😀.txt",
    "<img src=x onerror=alert(1)>.txt",
    "a'\";--.txt",
    ".",
    "CON.txt",
    "%00.txt",
)
# What is wrong with the fields beside the file.
PLACES = ("", "0", "-1", "999999999", "9" * 40, "x", "\0", "1 OR 1=1")
DAYS = ("昨天", "2026-02-30", "0000-00-00", "2026-13-01", "99999-01-01", "\0", "2026/11/20")


def reports(office: Office) -> Iterator[Case]:
    """Reports that cannot be read, by odd names, with odd fields, several at once."""
    place = str(office.world.places["A1"].pk)
    foreign = str(office.world.places["B1"].pk)

    def sent(
        name: str, *files: SimpleUploadedFile, who: str = "city", typed: tuple[str, ...] = (), **more: str
    ) -> Case:
        data = {"place": place, "published": "2026-11-20", "files": list(files), **more}
        return Case(f"report {name}", who, "/reports/new/", data, typed)

    for name, made in SPOILED.items():
        yield sent(name, _file(name, made()), typed=("published",))
    for name in NAMES:
        yield sent(f"called {name[:20]}", _file(name, b""), typed=("published",))
    good = "临川市召开会议\n\n会议强调，要修好水库。\n".encode()
    yield sent("nothing", typed=("published",))
    yield sent("several empty", *(_file(f"{n}.txt", b"") for n in range(30)))
    for value in (*PLACES, foreign):
        yield sent(f"place {value[:9]!r}", _file("a.txt", good), place=value, typed=("published",))
    for value in DAYS:
        yield sent(f"published {value!r}", _file("a.txt", good), published=value, typed=("published",))


def ledgers(office: Office) -> Iterator[Case]:
    """Ledgers that no table can be read of."""

    def sent(name: str, file: SimpleUploadedFile | None, place: str = "青溪县") -> Case:
        data = {"place": place, "line": "", **({"file": file} if file else {})}
        return Case(f"ledger {name}", "city", "/ledgers/new/", data, ("place",))

    for name, made in SPOILED.items():
        yield sent(name, _file(name.replace(".txt", ".csv"), made()))
    for name in NAMES:
        yield sent(f"called {name[:20]}", _file(name, b""))
    for name, data in TABLES.items():
        yield sent(name, _file(name, data()))
    yield sent("nothing", None)
    for place in ("云口市", "没有这个市", "\0", "长" * 99, "%", "' OR 1=1"):
        yield sent(f"place {place[:9]!r}", _file("a.xlsx", book(*PLAIN)), place)


TABLES: dict[str, Maker] = {
    "20,000 rows.xlsx": lambda: book(*PLAIN, *((n, f"修好水库{n}座", "临川市水利局") for n in range(20_000))),
    "page.xlsx": lambda: b"<html><table><tr><td>a</table>",
    "drawing.xlsx": lambda: b"<svg onload='alert(1)'/>",
    "nul.csv": lambda: b"\0\0\0,\0\0",
    "macro.xlsm": lambda: zipped({"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "blank.csv": lambda: b",,,\n,,,\n",
}


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    made = SimpleUploadedFile("x", data)
    # Django takes folders off a name that is given to it; a browser that means ill sends them.
    made._name = name  # type: ignore[attr-defined]
    return made
