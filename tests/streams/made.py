"""Containers of small reports, sound and spoiled, for tests of what reads them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

REPORT = "3月1日，县政府召开会议。会议强调，要压实责任，提高政治站位；严禁弄虚作假。\n"
PAGE = f"<!doctype html><html><body><p>{REPORT}</p></body></html>"


def numbered(number: int) -> str:
    """A report that no other is like."""
    return (
        f"3月1日，第{number}镇召开会议。镇长强调，要在6月底前修好{number}号泵站，疏浚第{number}号渠道，严禁弄虚作假。\n"
    )


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes | str], packing: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, words in members.items():
            data = words.encode() if isinstance(words, str) else words
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def crawled(path: Path, pages: Mapping[str, tuple[str, str, bytes]], packed: bool = True) -> None:
    """A WARC of pages: address to status, Content-Type and body."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for address, (status, kind, body) in pages.items():
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
            )


def packed(data: bytes) -> bytes:
    return gzip.compress(data)
