"""A fresh clone in; seconds from `make run` to its first page, and from a report dropped to its drafts, out.

    python bench/first_page.py [--with-setup]

The clone is of what is committed. `--with-setup` counts making `.venv` too, with what pip gets from wherever it is told
to; without it the clone borrows the `.venv` that this runs in, and only what luoshi itself does is counted.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

PROJECT = Path(__file__).parents[1]
WHO = "qu.ducha"
REPORTS = (
    """全区春耕备耕现场会召开
会议强调，要抓好农资保供。区农业农村局要牵头，3月底前检修农机2000台。各乡镇要在4月10日前完成早稻集中育秧点建设12处。
要严厉查处假冒种子，发现一起、处理一起。区水利局要对灌溉渠道逐条清淤，确保春灌用水。
""",
    """区政府专题研究校园周边交通
会议决定，区教育局要会同区公安分局，开学前在9所学校门口设置临时停靠点。区交通运输局要优化6条公交线路的早高峰班次。
要对接送车辆乱停乱放开展整治，每月通报一次。
""",
)
PASSWORD = re.compile(r"(?:[a-z2-9]{4}-){2}[a-z2-9]{4}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OWN = re.compile(r'<select[^>]*name="place"[^>]*>.*?<option value="(\d+)" selected', re.S)
CARD = re.compile(r'<article class="card')


class Browser:
    """What a browser does without scripts: follow redirects, keep cookies, send forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, path: str) -> str:
        """The page at a path."""
        with self._open.open(urllib.parse.urljoin(self.address, path)) as answer:
            return str(answer.read().decode("utf-8"))

    def post(self, path: str, fields: dict[str, str], file: tuple[str, str, bytes] | None = None) -> str:
        """What comes after a form with its token; `file`: field, name, bytes."""
        where = urllib.parse.urljoin(self.address, path)
        border = uuid.uuid4().hex
        parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
        if file:
            parts.append(f'name="{file[0]}"; filename="{file[1]}"\r\n\r\n'.encode() + file[2])
        body = b"".join(f"--{border}\r\nContent-Disposition: form-data; ".encode() + part + b"\r\n" for part in parts)
        headers = {"Content-Type": f"multipart/form-data; boundary={border}", "Referer": where}
        request = urllib.request.Request(where, body + f"--{border}--\r\n".encode(), headers)
        with self._open.open(request) as answer:
            return str(answer.read().decode("utf-8"))


def main() -> int:
    """Print both figures."""
    parser = argparse.ArgumentParser(prog="python bench/first_page.py")
    parser.add_argument("--with-setup", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luoshi-clone-") as folder:
        clone = Path(folder, "luoshi")
        subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{PROJECT}", str(clone)], check=True)
        command = ["make", "run", "PORT=0"] if asked.with_setup else _borrowed(clone)
        borrowed = "" if asked.with_setup else " with .venv there"
        env = {
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "LUOSHI_LOG_LEVEL": "WARNING",
            "LUOSHI_HOME": str(clone / "demo-home"),
        }
        password = ""
        for number, first in enumerate(("fresh clone", "started again")):
            began = time.monotonic()
            run = subprocess.Popen(
                command, cwd=clone, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
            try:
                address, told = _told(run)
                password = told or password
                browser = Browser(address)
                browser.get("/")
                print(f"{first}{borrowed}: {time.monotonic() - began:.1f} s until the first page", flush=True)
                _drop(browser, password, REPORTS[number])
            finally:
                os.killpg(run.pid, signal.SIGTERM)
                run.wait()
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"processor in all: {spent.ru_utime + spent.ru_stime:.1f} s")
    return 0


def _borrowed(clone: Path) -> list[str]:
    code = f"import sys; sys.path.insert(0, {str(clone / 'src')!r}); from luoshi.cli import main; main()"
    # Built data are not committed.
    data = PROJECT / "src" / "luoshi" / "places" / "data"
    (clone / "src" / "luoshi" / "places" / "data").symlink_to(data)
    return [sys.executable, "-c", code, "demo", "--serve", "--port", "0"]


def _told(run: subprocess.Popen[str]) -> tuple[str, str]:
    """The address that is served, and the password of who drops the report."""
    password = ""
    for line in run.stdout or ():
        words = line.split()
        password = words[1] if words[:1] == [WHO] and PASSWORD.fullmatch(words[1]) else password
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found.group(), password
    raise SystemExit("make run ended before it served")


def _drop(browser: Browser, password: str, report: str) -> None:
    page = browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"csrfmiddlewaretoken": _token(page), "login": WHO, "password": password})
    page = browser.get("/reports/")
    chosen = OWN.search(page)
    fields = {"csrfmiddlewaretoken": _token(page), "place": chosen.group(1) if chosen else ""}
    began = time.monotonic()
    desk = browser.post("/reports/new/", fields, ("files", "report.txt", report.encode()))
    cards = len(CARD.findall(desk))
    print(
        f"    a report dropped: {time.monotonic() - began:.1f} s until its {cards} drafts are on the page", flush=True
    )
    if not cards:
        raise SystemExit("no draft came back")


def _token(page: str) -> str:
    found = TOKEN.search(page)
    if found is None:
        raise SystemExit("a page without a form came back")
    return found.group(1)


if __name__ == "__main__":
    sys.exit(main())
