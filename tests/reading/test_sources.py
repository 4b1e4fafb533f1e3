"""Bytes in, text out, or the reason why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from luoshi.reading import Unreadable, read
from luoshi.reading.sources import LARGEST, decode, from_bytes, legible

SIMPLIFIED = "会议强调，要认真贯彻落实市委部署要求，加快推进重大项目建设，确保完成全年目标任务。"
TRADITIONAL = "會議強調，要認真貫徹落實市委部署要求，加快推進重大項目建設，確保完成全年目標任務。"


@pytest.mark.parametrize(
    ("text", "codec", "told"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16"),
    ],
)
def test_encodings(text: str, codec: str, told: str) -> None:
    decoded, name = decode(text.encode(codec))
    assert name == told
    assert decoded.lstrip("\ufeff") == text
    assert len(read(text.encode(codec)).directives) == 1


def test_a_byte_order_mark_counts_as_a_character() -> None:
    reading = read(SIMPLIFIED.encode("utf-8-sig"))
    assert reading.directives[0].span.start == SIMPLIFIED.index("要认真") + 1


def test_line_ends_are_left_untouched() -> None:
    text = "会议召开\r\n会议强调，要抓好落实。\r\n"
    reading = read(text.encode())
    assert reading.source.text == text
    assert text[reading.directives[0].span.start :].startswith("要抓好落实")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "the PDF is cut off or damaged"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n", "picture"),
        (b"GIF89a", "a GIF picture"),
        (b"{\\rtf1", "an RTF file; open it and save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "old Word, Excel or WPS file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"abc\x00def" * 10, "binary"),
        (bytes(range(128, 256)) * 20, "not readable as UTF-8"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "breaks at byte"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        from_bytes(data)


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Unreadable, match="200 MB is more than"):
        read(path)
    with pytest.raises(Unreadable, match="more than"):
        from_bytes(b"a" * (LARGEST + 1))


def test_a_thousand_comments_are_passed_once() -> None:
    """Parted in every way that they can be, they would take longer than anybody lives."""
    assert from_bytes(b"<!---->" * 1000 + "要抓好落实。".encode(), "a.txt").media_type == "text/plain"
    assert from_bytes(b"<!---->" * 1000 + "<html><p>要抓好落实。".encode(), "a.txt").media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("会议.txt", "会议.txt"),
        (os.fsdecode("会议.txt".encode("gb18030")), "会议.txt"),
        (os.fsdecode(b"\xff.txt"), "?.txt"),
        ("\ud800.txt", "?.txt"),
    ],
)
def test_names_of_files_can_be_written(name: str, shown: str) -> None:
    assert legible(name) == shown
