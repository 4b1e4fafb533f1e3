"""Evidence: what is taken, what is not and why, what lies on the disk afterwards, how it is given out again."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from luoshi.ledger.actions import filing
from luoshi.ledger.actions.filing import attachment, keep, path_of, safe_name
from luoshi.ledger.actions.refused import LedgerUnavailable, Refused
from luoshi.ledger.models import Evidence

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PDF = b"%PDF-1.7\n" + b"0" * 40
SVG = b'<svg xmlns="s"><script>alert(1)</script></svg>'
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def package(*names: str, contents: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, contents if name.startswith("[") else "x")
    return out.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files" / "evidence"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_it_works(folder: Path) -> None:
    kept = keep([JPEG[:10], JPEG[10:]], "整改后.jpg")
    assert (kept.media_type, kept.size, kept.name) == ("image/jpeg", len(JPEG), "整改后.jpg")
    assert path_of(kept.sha256).read_bytes() == JPEG
    assert files(folder) == [path_of(kept.sha256)]


TAKEN = [
    (JPEG, "a.JPEG", "image/jpeg"),
    (PNG, "a.png", "image/png"),
    (PDF, "a.pdf", "application/pdf"),
    (DOCX, "a.docx", "wordprocessingml"),
    (package("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "spreadsheetml"),
    (package("OFD.xml", "Doc_0/Document.xml"), "a.ofd", "application/ofd"),
    ("已完成整改。\r\n".encode(), "a.txt", "text/plain"),
    ("单位,进度\n水利局,80%\n".encode("gb18030"), "a.csv", "text/csv"),
    (("长" * 70_000).encode(), "a.txt", "text/plain"),
]


@pytest.mark.parametrize(("data", "name", "kind"), TAKEN, ids=lambda v: v if isinstance(v, str) else "")
def test_what_is_taken(data: bytes, name: str, kind: str) -> None:
    assert kind in keep([data], name).media_type


REFUSED = [
    (SVG, "a.svg", "not_taken"),
    (SVG, "现场.jpg", "not_what_it_says"),
    (SVG, "a.txt", "not_what_it_says"),
    (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "a.txt", "not_what_it_says"),
    (b"<html></html>", "a.html", "not_taken"),
    (JPEG, "a.png", "not_what_it_says"),
    (JPEG, "a.exe", "not_taken"),
    (JPEG, "a", "not_taken"),
    (DOCX, "a.zip", "not_taken"),
    (DOCX, "a.xlsx", "not_what_it_says"),
    (package("[Content_Types].xml", "word/document.xml"), "a.docm", "not_taken"),
    (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "macros"),
    (package("[Content_Types].xml", "word/document.xml", contents=MACROS), "a.docx", "macros"),
    (package("[Content_Types].xml", "word/document.xml", "x.exe"), "a.docx", "macros"),
    (package("a.txt"), "a.docx", "not_what_it_says"),
    (package(*(f"{i}" for i in range(5_001)), "OFD.xml"), "a.ofd", "not_what_it_says"),
    (DOCX[:-30], "a.docx", "not_what_it_says"),
    (b"PK\x03\x04", "a.docx", "not_what_it_says"),
    (b"\x00\x01\x02", "a.txt", "not_what_it_says"),
    (b"\xff\xff\xff", "a.txt", "not_what_it_says"),
    (b"%PD", "a.pdf", "not_what_it_says"),
    (b"", "a.pdf", "empty_file"),
]


@pytest.mark.parametrize(("data", "name", "code"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_what_is_refused_leaves_nothing(folder: Path, data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        keep([data], name)
    assert refused.value.codes == (code,)
    assert files(folder) == []


def test_three_hundred_megabytes_are_refused_while_they_come_in(folder: Path) -> None:
    given, chunk = 0, b"%PDF" + b"0" * (1 << 20)

    def stream() -> Iterator[bytes]:
        nonlocal given
        for _ in range(300):
            given += 1
            # The file has a hole where nothing was written: its blocks are what lies on the disk.
            assert sum(path.stat().st_blocks * 512 for path in files(folder)) < 60 << 20
            yield chunk

    tracemalloc.start()
    with pytest.raises(Refused) as refused:
        keep(stream(), "a.pdf")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.codes == ("too_large",)
    assert given <= 51 and peak < 8 << 20
    assert files(folder) == []


def test_the_same_content_lies_there_once(folder: Path) -> None:
    assert keep([PDF], "a.pdf").sha256 == keep([PDF], "另一个名字.pdf").sha256
    assert len(files(folder)) == 1


def test_a_stream_that_breaks_off_leaves_nothing(folder: Path) -> None:
    def stream() -> Iterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(LedgerUnavailable):
        keep(stream(), "a.pdf")
    assert files(folder) == []


def test_a_full_disk_is_said_in_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerUnavailable, match="磁盘已满"):
        keep([PDF], "a.pdf")
    assert files(folder) == []


def test_what_a_dead_process_left_behind_goes(folder: Path) -> None:
    keep([PDF], "a.pdf")
    (old := folder / "incoming" / "old").write_bytes(b"x")
    (new := folder / "incoming" / "new").write_bytes(b"x")
    os.utime(old, (0, 0))
    keep([PNG], "a.png")
    assert not old.exists() and new.exists()


NAMES = [
    ("../../etc/passwd.txt", "passwd.txt"),
    ("C:\\文件\\整改.pdf", "整改.pdf"),
    ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
    ("gpj.\u202efdp.pdf", "gpj.fdp.pdf"),
    ('a"b<c>.png', "abc.png"),
    ("长" * 300 + ".docx", "长" * 120 + ".docx"),
    ("...", ""),
]


@pytest.mark.parametrize(("given", "safe"), NAMES)
def test_names_are_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def evidence(kept: filing.File, **more: Any) -> Evidence:
    return Evidence(sha256=kept.sha256, media_type=kept.media_type, size=kept.size, name=kept.name, **more)


def test_it_is_given_out_as_an_attachment_only() -> None:
    response = attachment(evidence(keep([JPEG], "整改后.jpg")))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response) == JPEG


def test_a_name_that_was_erased_is_its_hash() -> None:
    kept = keep([PDF], "张三的身份证.pdf")
    response = attachment(evidence(kept._replace(name="")))
    assert f'filename="{kept.sha256[:12]}.pdf"' in response["Content-Disposition"]


def test_what_was_erased_or_lost_is_not_given_out() -> None:
    kept = keep([PDF], "a.pdf")
    with pytest.raises(Refused):
        attachment(evidence(kept, erased_at=timezone.now()))
    path_of(kept.sha256).unlink()
    with pytest.raises(Refused):
        attachment(evidence(kept))
