"""Made streams of 2,000 and of 20,000 small reports in, the peak memory of reading each out, as a ratio.

A folder of tables and JSON Lines are written from JSON Lines, a packed tar archive and a crawl; each in a process of
its own. The ratio should be near 1 (1.03 and 1.05 when this was written): what is held is the work under way.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

FEW, MANY = 2_000, 20_000
MEASURE = """
import resource, sys
from luoshi.cli import main
try:
    main()
except SystemExit as done:
    assert done.code == 0, done.code
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def text(number: int) -> str:
    """A small report that no other is like."""
    return (
        f"3月{number % 28 + 1}日，第{number}镇召开防汛会议，镇长周{chr(0x4E00 + number % 20000)}主持会议。\n"
        f"会议强调，要在6月底前修好{number}号泵站{number % 90 + 2}座，疏浚第{number}号渠道，严禁弄虚作假。"
        f"会议要求，第{number % 77}组要在{number % 12 + 1}月底前把第{number}段堤防的险情逐一销号。\n"
    )


def made(folder: Path, count: int) -> list[Path]:
    """The three containers."""
    records, archive, crawl = folder / f"{count}.jsonl", folder / f"{count}.tar.gz", folder / f"{count}.warc.gz"
    with records.open("w", encoding="utf-8") as lines, tarfile.open(archive, "w:gz") as tar, crawl.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(count):
            data = text(number).encode()
            lines.write(json.dumps({"text": text(number), "id": number}, ensure_ascii=False) + "\n")
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
            address = f"http://site.example/{number}"
            page = writer.create_warc_record(address, "response", payload=io.BytesIO(data), http_headers=headers)
            writer.write_record(page)
    return [records, archive, crawl]


def peak(path: Path, *arguments: str) -> int:
    """Peak memory (kB) of reading one container in one process."""
    command = [sys.executable, "-c", MEASURE, "read", *arguments, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def main() -> None:
    """Print a line a container and format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for few, many in zip(made(folder, FEW), made(folder, MANY), strict=True):
            for format in ("jsonl", "parquet"):
                peaks = [
                    peak(p, "--format", format, "--output", str(folder / f"{p.name}.{format}")) for p in (few, many)
                ]
                kind = few.name.partition(".")[2]
                print(f"{kind:8} to {format:8} {peaks[0] / 1024:6.0f} MB, {peaks[1] / 1024:6.0f} MB, ", end="")
                print(f"ratio {peaks[1] / peaks[0]:.2f}", flush=True)


if __name__ == "__main__":
    main()
