"""Files made to break a reader in, one clear line out, with little memory, little time and no network."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Callable

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading import Unreadable
from luoshi.reading.sources import archive, from_bytes

from .made import OFFICIAL, SPACES, numbered, ofd_file, paragraph, part, pdf_file, table, word_file, zipped

DOCUMENT = "word/document.xml"


def word_xml(xml: str | bytes) -> bytes:
    return zipped({DOCUMENT: xml})


def bomb(name: str, megabytes: int) -> bytes:
    """A member that unfolds to much more than it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w", force_zip64=True) as member:
        for _ in range(megabytes):
            member.write(b" " * 1024 * 1024)
    return out.getvalue()


def lying(size: int) -> bytes:
    """A file that says of its first member that it unfolds to so many bytes."""
    data = bytearray(word_file(paragraph("正文" * 5000)))
    central = data.rindex(b"PK\x01\x02", 0, data.rindex(DOCUMENT.encode()))
    data[central + 24 : central + 28] = size.to_bytes(4, "little")
    return bytes(data)


def flagged() -> bytes:
    """A file that says that its first member is encrypted."""
    data = bytearray(word_xml(part("document", "")))
    central = data.index(b"PK\x01\x02")
    data[6], data[central + 8] = data[6] | 1, data[central + 8] | 1
    return bytes(data)


def packed(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        file.writestr(DOCUMENT, part("document", ""))
    return out.getvalue()


LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
    + "]><a>&a9;</a>"
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]><a>&x;</a>"
STYLES = "".join(
    f'<w:style w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % 999}"/><!--numPr--></w:style>' for i in range(999)
)


def wide_sheet() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    row = [None] * 16383 + ["x"]
    for _ in range(200):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_with(**members: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "任务"
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as file:
        found = {name: file.read(name) for name in file.namelist()}
    return zipped({**found, **{name.replace("__", "/") + ".xml": data for name, data in members.items()}})


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
ROW = '<row r="1"><c r="A1" t="str"><v>任务</v></c></row>'


def page_of(drawing: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page with this drawing."""
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % font,
        b"<</Filter%s/Length %d>>\nstream\n%s\nendstream" % (filters.encode(), len(drawing), drawing),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return b"%sxref\n0 5\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF" % (
        out,
        table,
        len(out),
    )


def unfolding(megabytes: int, command: bytes) -> bytes:
    return page_of(zlib.compress((command * (megabytes * 1024 * 1024 // len(command))), 9))


# What is made, and what is said of it (None: it is read).
HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "a member of 70 MB": (lambda: bomb(DOCUMENT, 70), "unfolds to 70 MB, more than"),
    "a sheet of 70 MB": (lambda: bomb("xl/workbook.xml", 70), "unfolds to 70 MB, more than"),
    "a page of 70 MB": (lambda: bomb("OFD.xml", 70), "unfolds to 70 MB, more than"),
    "a size that is too small": (lambda: lying(10), "damaged at word/document.xml|no sound XML"),
    "a size that is too large": (lambda: lying(4_000_000_000), "unfolds to 3815 MB"),
    "an encrypted member": (flagged, "encrypted"),
    "bzip2": (lambda: packed(zipfile.ZIP_BZIP2), "packed in a way"),
    "lzma": (lambda: packed(zipfile.ZIP_LZMA), "packed in a way"),
    "a billion laughs": (lambda: word_xml(LAUGHS), "entities"),
    "laughs in UTF-16": (lambda: word_xml(LAUGHS.encode("utf-16")), "entities"),
    "an outside entity": (lambda: word_xml(OUTSIDE), "entities"),
    "laughs in an OFD": (lambda: zipped({"OFD.xml": LAUGHS}), "entities"),
    "laughs in a sheet": (lambda: sheet_with(xl__workbook=LAUGHS), "entities"),
    "a million nested elements": (lambda: word_xml("<a>" * 1_000_000), "nested more than"),
    "two million elements": (lambda: word_xml(f"<a>{'<b/>' * 2_000_000}</a>"), "elements, more than any report"),
    "nested tables": (
        lambda: word_file("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300),
        "nested more than",
    ),
    "a million empty paragraphs": (lambda: word_file("<w:p/>" * 1_000_000), "elements, more than any report"),
    "no text at all": (lambda: word_file("<w:p/>" * 10), "holds no text"),
    "a loop of styles": (
        lambda: word_file(paragraph("甲", '<w:pStyle w:val="s1"/>'), numbering=OFFICIAL, styles=STYLES),
        None,
    ),
    "absurd numbers": (
        lambda: word_file(
            numbered("甲", 99999999) + paragraph("乙", '<w:numPr><w:numId w:val="x"/></w:numPr>'), numbering=OFFICIAL
        ),
        None,
    ),
    "a table of a billion columns": (
        lambda: word_file(table(f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{paragraph("甲")}</w:tc>')),
        None,
    ),
    "absurd names": (
        lambda: zipped(
            {DOCUMENT: part("document", f"<w:body>{paragraph('正文')}</w:body>"), "../../etc/x": "", "a\n" * 50: ""}
        ),
        None,
    ),
    "a part outside": (
        lambda: zipped(
            {
                "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>',
                DOCUMENT: part("document", f"<w:body>{paragraph('正文')}</w:body>"),
            }
        ),
        None,
    ),
    "another kind of XML": (lambda: word_xml("<html><body><p>要落实</p></body></html>"), "holds no text"),
    "half of a file": (lambda: word_file(paragraph("正文"))[:-30], "cut off or damaged"),
    "half of the XML": (lambda: word_xml(f"<w:document {SPACES}><w:body><w:p>"), "no sound XML"),
    "rows of 16,384 cells": (wide_sheet, "more than 500,000 cells"),
    "a row in the far south": (
        lambda: sheet_with(xl__worksheets__sheet1=SHEET.format(ROW.replace('r="1"', 'r="1048576"'), "")),
        None,
    ),
    "everything merged": (
        lambda: sheet_with(
            xl__worksheets__sheet1=SHEET.format(ROW, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
        ),
        "merged cells cover more",
    ),
    "a sheet that is none": (lambda: zipped({"xl/workbook.xml": "<a/>"}), "Excel file is damaged"),
    "an OFD without pages": (lambda: zipped({"OFD.xml": "<a>"}), "no sound XML"),
    "a page that unfolds to nothing": (lambda: unfolding(60, b" "), "unfold to more than the 40 MB"),
    "a page that unfolds to text": (lambda: unfolding(60, b"BT/F 9 Tf(hi)Tj ET "), "unfold to more than the 40 MB"),
    "a page with some text": (lambda: unfolding(1, b"BT/F 9 Tf 9 9 Td(hi)Tj ET "), None),
    "a PDF of nothing": (lambda: b"%PDF-1.4\n" + b"\0" * 100_000, "damaged"),
}


# So much memory and processor time for all, at the most; a reader without bounds takes all there is.
LIMITED = """
    import json, resource, socket, sys
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    def refuse(*_):
        raise AssertionError("the network was touched")
    socket.socket.connect = refuse
    from luoshi.reading.sources import Unreadable, from_bytes
    for path in sys.argv[1:]:
        try:
            said = bool(from_bytes(open(path, "rb").read()).text.strip())
        except Unreadable as wrong:
            said = str(wrong)
        print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool | str]:
    """What is said of every hostile file by a process with little memory and without a network."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for number, (made, _) in enumerate(HOSTILE.values()):
        paths.append(folder / str(number))
        paths[-1].write_bytes(made())
    command = [sys.executable, "-c", textwrap.dedent(LIMITED), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(zip(HOSTILE, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_clear_line(name: str, said: dict[str, bool | str]) -> None:
    found, expected = said[name], HOSTILE[name][1]
    if expected is None:
        assert found is True
    else:
        assert isinstance(found, str) and re.search(expected, found) and "\n" not in found


def test_the_whole_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_WHOLE", 1000)
    with pytest.raises(Unreadable, match="it unfolds to 0 MB"):
        from_bytes(word_file(paragraph("正文" * 500), numbering=OFFICIAL))


def _samples() -> list[bytes]:
    book = openpyxl.Workbook()
    book.active.append(["任务", "单位"])
    out = io.BytesIO()
    book.save(out)
    word = word_file(numbered("压实责任") + table(f"<w:tc>{paragraph('甲')}</w:tc>"), numbering=OFFICIAL)
    return [word, out.getvalue(), ofd_file([["要抓好落实。"]]), pdf_file(["标题", "要抓好落实。"])]


SAMPLES = _samples()


@settings(max_examples=150)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), max_size=6),
    st.floats(0.5, 1),
)
def test_spoiled_files_are_read_or_named(sample: bytes, changes: list[tuple[float, bytes]], kept: float) -> None:
    """Bytes changed anywhere, the end cut off: no error but Unreadable."""
    data = bytearray(sample)
    for place, new in changes:
        at = int(place * len(data))
        data[at : at + len(new)] = new
    try:
        from_bytes(bytes(data[: int(len(data) * kept) + 1]))
    except Unreadable as wrong:
        assert "\n" not in str(wrong)


@settings(max_examples=150)
@given(st.sampled_from(SAMPLES[:3]), st.data())
def test_spoiled_members_are_read_or_named(sample: bytes, data: st.DataObject) -> None:
    """The XML inside changed where its checksums hold: tags, attributes and numbers that no program writes."""
    with zipfile.ZipFile(io.BytesIO(sample)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    xml = members[name]
    at = data.draw(st.integers(0, len(xml)))
    new = data.draw(st.sampled_from([b"", b"9999999999", b"-1", b'"', b"<a/>", b"x", b"&#0;", b"\xff", b" r:id='q'"]))
    members[name] = xml[:at] + new + xml[at + data.draw(st.integers(0, 30)) :]
    try:
        from_bytes(zipped(members))
    except Unreadable as wrong:
        assert "\n" not in str(wrong)
