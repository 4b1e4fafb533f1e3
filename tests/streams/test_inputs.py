"""What is found in folders, archives, JSON Lines and crawls; what is wrong with one thing costs no other."""

from __future__ import annotations

import os
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.sources import LARGEST
from luoshi.streams.given import Input
from luoshi.streams.inputs import inputs
from luoshi.streams.records import record
from luoshi.streams.work import read_one

from .made import PAGE, REPORT, crawled, lines, numbered, packed, tarred, zipped

MEMBERS = {"a.txt": REPORT, "in/b.md": numbered(2), "__MACOSX/a.txt": "x", ".c.txt": "x", "d.png": "x"}
ARCHIVES: dict[str, Callable[[dict[str, bytes | str]], bytes]] = {
    "x.zip": zipped,
    "x.tar": tarred,
    "x.tar.gz": lambda m: tarred(m, "gz"),
    "x.tgz": lambda m: tarred(m, "gz"),
    "x.tar.bz2": lambda m: tarred(m, "bz2"),
    "x.tar.xz": lambda m: tarred(m, "xz"),
}


def found(*paths: Path) -> list[Input]:
    return list(inputs([str(path) for path in paths]))


def told(path: Path) -> list[tuple[str, str | None]]:
    """Names below the folder of the file, and problems."""
    return [(each.label, each.problem) for each in found(path)]


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_it_works(tmp_path: Path) -> None:
    path = put(tmp_path / "x.zip", zipped({"in/a.txt": REPORT}))
    (only,) = found(path)
    assert (only.name, only.label, only.data) == (f"{path}!in/a.txt", "x.zip!in/a.txt", REPORT.encode())
    outcome = read_one(only)
    assert outcome.reading and outcome.reading.source.name == "x.zip!in/a.txt" and outcome.reading.directives


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_hold_what_folders_hold(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, ARCHIVES[name](dict(MEMBERS)))
    assert told(path) == [(f"{name}!a.txt", None), (f"{name}!in/b.md", None)]
    assert [each.data for each in found(path)] == [REPORT.encode(), numbered(2).encode()]


def test_a_folder_gives_its_containers_too(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    put(folder / "a.txt", REPORT.encode())
    put(folder / "b.zip", zipped({"c.txt": REPORT}))
    assert told(folder) == [("pages/a.txt", None), ("pages/b.zip!c.txt", None)]


def test_archives_in_archives_are_read_one_level_deep(tmp_path: Path) -> None:
    deepest = zipped({"never.txt": REPORT})
    inner = tarred({"a.txt": REPORT, "more.zip": deepest}, "gz")
    path = put(tmp_path / "x.zip", zipped({"in.tar.gz": inner, "in.jsonl": lines({"text": REPORT, "id": 7})}))
    assert told(path) == [("x.zip!in.tar.gz!a.txt", None), ("x.zip!in.jsonl!7", None)]


def test_names_are_only_names(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {"../../up.txt": REPORT, "/etc/abs.txt": REPORT}
    before = sorted(tmp_path.parent.iterdir())
    for name in ("x.zip", "x.tar"):
        path = put(tmp_path / name, ARCHIVES[name](members))
        assert [label for label, _ in told(path)] == [f"{name}!../../up.txt", f"{name}!/etc/abs.txt"]
    assert sorted(tmp_path.parent.iterdir()) == before and len(list(tmp_path.iterdir())) == 2


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lost.txt", REPORT)
        archive.writestr("a.txt", REPORT)
        archive.filelist[0].filename = ""  # as its list of members is written when it is closed
    assert told(path) == [("x.zip!a.txt", None)]


def test_links_in_archives_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    ((_, problem),) = told(path)
    assert problem and "holds no report" in problem


def test_chinese_names_of_windows(tmp_path: Path) -> None:
    data = zipped({"AAAA.txt": REPORT})
    path = put(tmp_path / "x.zip", data.replace(b"AAAA", "会议".encode("gb18030")))
    assert told(path) == [("x.zip!会议.txt", None)]


def _encrypted(data: bytes) -> bytes:
    """The flag set in both headers of the only member."""
    spoiled = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(magic) + at
        spoiled[place] |= 1
    return bytes(spoiled)


def _spoiled(data: bytes) -> bytes:
    """The words of the first member changed; its checksum not."""
    return data.replace("压实".encode(), "压虚".encode(), 1)


SPOILED = {
    "encrypted": (_encrypted(zipped({"a.txt": REPORT})), "encrypted"),
    "damaged": (_spoiled(zipped({"a.txt": REPORT}, zipfile.ZIP_STORED)), "damaged or cut off"),
    "large": (zipped({"a.txt": b"x" * (LARGEST + 1)}), "larger than the 10 MB"),
    "bomb": (zipped({"a.txt": b"\0" * (LARGEST - 1)}), "like a bomb"),
    "strange": (
        zipped({"a.txt": REPORT}).replace(b"PK\x01\x02\x14\x03\x14\0\0\0\x08\0", b"PK\x01\x02\x14\x03\x14\0\0\0\x63\0"),
        "damaged",
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_spoiled_member_is_one_line_and_the_others_are_read(tmp_path: Path, case: str) -> None:
    """A spoiled archive and a sound one, both in one archive."""
    data, says = SPOILED[case]
    path = put(tmp_path / "x.tar", tarred({"bad.zip": data, "b.txt": REPORT}))
    (bad, problem), good = told(path)
    assert bad == "x.tar!bad.zip!a.txt" and problem and says in problem and "\n" not in problem
    assert good == ("x.tar!b.txt", None)


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.tar.bz2", "x.tar.xz", "x.zip"])
def test_a_container_that_is_cut_off_gives_what_stands_before(tmp_path: Path, name: str) -> None:
    members: dict[str, bytes | str] = {f"{i}.txt": os.urandom(30_000).hex() for i in range(5)}
    whole = ARCHIVES[name](members)
    *read, (label, problem) = told(put(tmp_path / name, whole[: len(whole) * 3 // 5]))
    assert label == name and problem and "cut off" in problem
    assert read == [(f"{name}!{i}.txt", None) for i in range(len(read))]
    # bzip2 unpacks in blocks of 900 kB, a ZIP has its list at the end.
    assert len(read) >= (0 if name in ("x.zip", "x.tar.bz2") else 1)


def test_a_tar_that_is_damaged_in_the_middle_says_so(tmp_path: Path) -> None:
    data = bytearray(tarred({f"{i}.txt": REPORT for i in range(4)}))
    data[2048 : 2048 + 100] = b"\xff" * 100
    *read, (_, problem) = told(put(tmp_path / "x.tar", bytes(data)))
    assert len(read) == 2 and problem and "damaged" in problem


def test_a_tar_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {"a.txt": REPORT, "z.bin": b"\0" * (6 * LARGEST), "b.txt": REPORT}
    first, (label, problem) = told(put(tmp_path / "x.tar.xz", tarred(members, "xz")))
    assert first == ("x.tar.xz!a.txt", None)
    assert label == "x.tar.xz" and problem and "200 times" in problem


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz", "x.jsonl.gz", "x.warc.gz", "x.tar", "x.warc"])
@given(data=st.binary(max_size=600))
def test_whatever_bytes_come_it_is_lines(tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes) -> None:
    path = put(tmp_path_factory.mktemp("any") / name, data)
    assert all(each.problem is None or "\n" not in each.problem for each in found(path))


RECORDS = (
    ({"text": "甲", "title": "乙", "id": "7"}, ("7", "甲", "乙", ".txt", None)),
    ({"content": "甲", "url": "x/y.html"}, ("x/y.html", "甲", "", ".txt", None)),
    ({"html": "<p>甲", "title": "乙", "published": "2024-02-03"}, ("line 1", "<p>甲", "", ".html", "2024-02-03")),
    ({"text": "甲", "date": "2024/02/03"}, ("line 1", "甲", "", ".txt", "2024-02-03")),
    ({"text": "甲", "date": "2024-02-31"}, ("line 1", "甲", "", ".txt", None)),
    ({"text": " ", "html": "<p>甲"}, ("line 1", "<p>甲", "", ".html", None)),
    ({"正文": "甲", "标题": "乙 丙", "id": 12}, ("12", "甲", "乙 丙", ".txt", None)),
)


@pytest.mark.parametrize(("given", "expected"), RECORDS)
def test_fields_of_records(given: dict[str, object], expected: tuple[object, ...]) -> None:
    member = record(lines(given), "line 1")
    assert (member.name, member.data.decode(), member.title, member.suffix, member.published) == expected


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.ndjson"])
def test_a_line_that_is_no_record_costs_no_other(tmp_path: Path, name: str) -> None:
    data = lines({"text": REPORT, "id": "a"}) + b'{"text": \n\n[1]\n{"n": 1}\n' + lines({"text": REPORT, "id": "b"})
    path = put(tmp_path / name, packed(data) if name.endswith("gz") else data)
    labels, problems = zip(*told(path), strict=True)
    assert labels == tuple(f"{name}!{inner}" for inner in ("a", "line 2", "line 4", "line 5", "b"))
    assert [p and p.split("(")[0].split(";")[0].strip() for p in problems] == [
        *(None, "the line is not JSON", "the line is JSON but no object with fields", "the record has no text", None)
    ]


def test_a_title_apart_is_the_first_line_with_a_way_back(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", lines({"text": REPORT, "title": "县政府开会", "id": "a", "date": "2024-03-02"}))
    reading = read_one(found(path)[0]).reading
    assert reading and reading.source.text == "县政府开会\n" + REPORT and reading.published == "2024-03-02"
    assert [(run.start, run.part, run.offset) for run in reading.source.runs] == [(0, "title", 0), (6, "text", 0)]


def test_our_own_readings_are_not_read_again(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", lines({"schema": "luoshi.reading/1", "text": REPORT}) * 3)
    ((_, problem),) = told(path)
    assert problem and "readings of luoshi" in problem


def test_a_list_of_pages_is_one_line(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", lines(*({"url": f"page {i}"} for i in range(500))))
    ((label, problem),) = told(path)
    assert label == "x.jsonl" and problem and problem.startswith("its first 20 lines give no report")


def test_pages_of_a_crawl(tmp_path: Path) -> None:
    html = "text/html; charset=utf-8"
    pages = {
        "http://site.example/a.html": ("200 OK", html, PAGE.encode()),
        "http://site.example/none": ("404 Not Found", html, PAGE.encode()),
        "http://site.example/b.png": ("200 OK", "image/png", b"x"),
        "http://site.example/c": ("200 OK", "text/plain", REPORT.encode("gb18030")),
    }
    for name in ("x.warc", "x.warc.gz"):
        crawled(tmp_path / name, pages, packed=name.endswith("gz"))
        a, c = found(tmp_path / name)
        assert (a.label, a.suffix, a.data) == (f"{name}!http://site.example/a.html", ".html", PAGE.encode())
        assert (c.label, c.suffix) == (f"{name}!http://site.example/c", ".txt")
        reading = read_one(c).reading
        assert reading and reading.source.encoding == "gb18030"


def test_a_crawl_that_is_cut_off(tmp_path: Path) -> None:
    pages = {f"http://site.example/{i}": ("200 OK", "text/plain", os.urandom(20_000).hex().encode()) for i in range(4)}
    crawled(tmp_path / "x.warc.gz", pages)
    whole = (tmp_path / "x.warc.gz").read_bytes()
    *read, (_, problem) = told(put(tmp_path / "x.warc.gz", whole[: len(whole) * 3 // 5]))
    assert 1 <= len(read) <= 3 and problem and "cut off" in problem


def _zip64_lie(tmp_path: Path) -> Path:
    """A member that says it is one byte but is many."""
    data = bytearray(zipped({"a.txt": b"y" * 5000}, zipfile.ZIP_STORED))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 1)
    return put(tmp_path / "x.zip", bytes(data))


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    ((_, problem),) = told(_zip64_lie(tmp_path))
    assert problem and "damaged" in problem


@pytest.mark.long
def test_memory_does_not_grow_with_what_a_container_holds(tmp_path: Path) -> None:
    """Ten times the members, the same peak, for what is read forward; a ZIP's list of names is in memory."""
    peaks: dict[str, list[int]] = {}
    for count in (300, 3000):
        members: dict[str, bytes | str] = {f"{i}.txt": numbered(i) for i in range(count)}
        put(tmp_path / "x.tar.gz", tarred(members, "gz"))
        put(tmp_path / "x.jsonl", lines(*({"text": text} for text in members.values())))
        crawled(
            tmp_path / "x.warc.gz",
            {f"http://site.example/{n}": ("200 OK", "text/plain", str(t).encode()) for n, t in members.items()},
        )
        for name in ("x.tar.gz", "x.jsonl", "x.warc.gz"):
            tracemalloc.start()
            assert sum(1 for _ in inputs([str(tmp_path / name)])) == count
            peaks.setdefault(name, []).append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    for name, (few, many) in peaks.items():
        assert many < 1.2 * few + 50_000, (name, few, many)


def test_a_report_that_the_reader_fails_on_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("luoshi.streams.work.read", fails)
    outcome = read_one(Input("x.txt", "x.txt", data=REPORT.encode()))
    assert outcome.reading is None and outcome.problem == "the reader failed on it (RecursionError: too deep)"


def test_what_the_library_of_crawls_says_is_not_passed_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Records without an address, with blanks in it, longer than they say: a line at most, and none of its own."""
    crawled(tmp_path / "x.warc", {"http://site.example/a": ("200 OK", "text/plain", REPORT.encode())}, packed=False)
    data = (tmp_path / "x.warc").read_bytes()
    for spoiled in (
        data.replace(b"WARC-Target-URI", b"WARC-Target-XXX"),
        data.replace(b"site.example/a", b"site.exa ple/a"),
        data + b"more of it\r\n",
        data.replace(b"\xe3\x80\x82\n\r\n\r\n", b"\xe3\x80\x82\n behind its end\r\n\r\n"),
        data.replace(b"WARC/1.0", b"WARC\x1b[\x00/1"),
    ):
        assert spoiled != data
        problems = [problem for _, problem in told(put(tmp_path / "x.warc", spoiled)) if problem]
        assert len(problems) <= 1 and all(problem.isprintable() and len(problem) < 250 for problem in problems)
    assert capfd.readouterr() == ("", "")


def test_half_of_a_character_in_a_record(tmp_path: Path) -> None:
    path = put(
        tmp_path / "x.jsonl",
        b'{"text": "\\ud800' + REPORT.strip().encode() + b'", "id": "\\udfff", "title": "\\ud800T"}\n',
    )
    (only,) = found(path)
    reading = read_one(only).reading
    assert reading and reading.directives and (reading.source.name, reading.source.text[:4]) == ("x.jsonl!?", "?T\n?")
