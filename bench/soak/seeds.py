"""Nothing in, small sound inputs of every format out, the same bytes at every call."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import openpyxl  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from tests.made_pages import TEMPLATES, Report, made_page, template_name
from tests.noisy import KINDS, made
from tests.reading.documents.made import FONT, OFFICIAL, cell, numbered, ofd_file, paragraph, table, word_file

# Small, so that an input costs a few milliseconds: 200,000 of them must be read in the time of a coffee.
REPORT = (
    "云溪县召开防汛工作会议 林知远讲话\n\n时间：2024-03-02 08:26 来源：云溪发布\n\n"
    "3月1日，县委、县政府召开防汛工作会议。县委书记林知远出席会议并讲话，县长周正主持会议。\n"
    "会议指出，部分乡镇存在责任不实、物资不足等问题。\n"
    "会议强调，要压实(shí)防汛责任，加密巡堤查险；6月底前修好泵站12座，疏浚河道30%以上。"
    "一要完善预案，严禁弄虚作假。二要由县水务局牵头，各乡镇配合，实施“清河行动”。\n"
    "（责任编辑：桑小满）\n"
)
TASKS = (
    "云溪县重点任务分工方案\n一、夯实基础\n（一）加快建设泵站。（县水务局牵头，县财政局配合，2024年6月底前完成）\n"
    "（二）疏浚河道30公里。\n责任单位：县水务局、各乡镇\n完成时限：长期坚持\n"
    "二、强化保障（责任单位：县财政局）\n1.足额安排资金。\n2.严格监督检查。（县纪委监委负责）\n"
)
LAST = "会议强调，要压实责任。\n"
LEDGER = (
    ("序号", "重点任务", "牵头单位", "责任单位", "完成时限"),
    ("1", "修好泵站12座", "县水务局", "县财政局、各乡镇", "2024年6月底前"),
    ("2", "疏浚河道；清理垃圾", "", "各乡镇", "长期坚持"),
)
_PAGE = Report(
    "made", "云溪县召开防汛工作会议", tuple(REPORT.split("\n")[4:7]), "云溪发布", "邬一鸣", "桑小满", "2024-03-02"
)
MIDNIGHT = (1980, 1, 1, 0, 0, 0)


class Seed(NamedTuple):
    """A sound input: how its file is called, its bytes, the encoding of its text."""

    name: str
    data: bytes
    codec: str = "utf-8"


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP without the time it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, MIDNIGHT)
            info.compress_type = method
            file.writestr(info, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members of a sound ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist() if "docProps" not in info.filename}


def tarred(members: Mapping[str, bytes]) -> bytes:
    """A tar archive, not packed."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def crawled(pages: Mapping[str, bytes], packing: Callable[[bytes], bytes] = bytes) -> bytes:
    """A WARC of pages, each packed by itself."""
    out = b""
    for name, body in pages.items():
        media = "text/html" if name.endswith("html") else "text/plain"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://site.example/{name}\r\n"
            f"WARC-Record-ID: <urn:x:{name}>\r\nWARC-Date: 2024-03-02T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        out += packing(head.encode() + answer + b"\r\n\r\n")
    return out


def packed(data: bytes) -> bytes:
    """Packed with gzip, without the time."""
    return gzip.compress(data, mtime=0)


def recorded(texts: Mapping[str, str]) -> bytes:
    """JSON Lines, a record a text."""
    records = ({"id": name, "text": text, "date": "2024-03-02"} for name, text in texts.items())
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in records)


def _noisy() -> list[Seed]:
    return [Seed("noisy.txt", made(REPORT, [kind], 1).text.encode()) for kind in sorted(KINDS)]


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    for row in (("云溪县任务分解表",), *LEDGER):
        book.active.append(row)
    book.active.merge_cells("A1:E1")
    book.active.merge_cells("C3:C4")
    out = io.BytesIO()
    book.save(out)
    return zipped(unzipped(out.getvalue()))


def _pdf(lines: list[str], compressed: bool) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=int(compressed), invariant=1)
    for page in (lines[:4], lines[4:]):
        canvas.setFont(FONT, 12)
        for number, line in enumerate(page):
            canvas.drawString(72, 760 - 20 * number, line[:36])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _word() -> list[Seed]:
    lines = [line for line in REPORT.split("\n") if line]
    report = word_file("".join(paragraph(line) for line in lines[:-1]) + numbered("抓好落实。"), numbering=OFFICIAL)
    rows = table(*("".join(cell(words) for words in row) for row in LEDGER))
    ledger = word_file(paragraph("云溪县任务分解表") + rows, footnotes="")
    return [Seed(name, zipped(unzipped(data))) for name, data in (("report.docx", report), ("ledger.docx", ledger))]


def _pages() -> list[Seed]:
    out = []
    for path in TEMPLATES:
        page = made_page(template_name(path.name), path.read_text("utf-8"), _PAGE)
        codec = next((e for e in ("gb18030", "big5") if path.name.endswith(f".{e}.html")), "utf-8")
        out.append(Seed("page.html", page.data, codec))
    return out


@cache
def seeds() -> dict[str, list[Seed]]:
    """The seeds of every format by its name."""
    lines = [line for line in REPORT.split("\n") if line]
    ledger = "\n".join(",".join(row) for row in LEDGER) + "\n"
    html = _pages()
    members = {"a.txt": REPORT.encode(), "b.csv": ledger.encode("gb18030"), "c.html": html[0].data}
    members["分工.txt"] = TASKS.encode()
    word = _word()
    nested = zipped({"in.zip": zipped(members), "d.docx": word[0].data})
    records = recorded({"a": REPORT, "b": TASKS, "c": REPORT[:60]})
    pages = {"a.html": html[0].data, "b.txt": REPORT.encode(), "c.html": html[1].data}
    return {
        "txt": [Seed("a.txt", REPORT.encode()), Seed("a.md", ("\ufeff" + REPORT).encode())],
        "gb18030": [Seed("a.txt", REPORT.encode("gb18030"), "gb18030")],
        "big5": [Seed("a.txt", REPORT.encode("big5", "ignore"), "big5")],
        "utf-16": [Seed("a.txt", REPORT.encode("utf-16"), "utf-16")],
        "noisy": _noisy(),
        "tasks": [Seed("t.txt", TASKS.encode())],
        "html": html,
        "docx": word,
        "xlsx": [Seed("t.xlsx", _sheet())],
        "csv": [Seed("t.csv", ledger.encode()), Seed("t.csv", ledger.encode("gb18030"), "gb18030")],
        "ofd": [Seed("a.ofd", zipped(unzipped(ofd_file([lines[:4], lines[4:]]))))],
        "pdf": [Seed("a.pdf", _pdf(lines, compressed)) for compressed in (False, True)],
        "jsonl": [Seed("a.jsonl", records), Seed("a.jsonl.gz", packed(records))],
        "zip": [Seed("a.zip", zipped(members)), Seed("b.zip", nested)],
        "tar": [Seed("a.tar.gz", packed(tarred(members))), Seed("a.tar", tarred(members))],
        "warc": [Seed("a.warc", crawled(pages)), Seed("a.warc.gz", crawled(pages, packed))],
    }
