"""What a server begins with: its pages loaded, and left out of the garbage collection."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BEGUN = """
import gc, sys
from luoshi.config.wsgi import application
assert application.get_response and gc.get_freeze_count() > 50_000, gc.get_freeze_count()
assert "luoshi.desk.views.item" in sys.modules
"""


def test_it_works(tmp_path: Path) -> None:
    env = {**os.environ, "LUOSHI_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", BEGUN], env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
