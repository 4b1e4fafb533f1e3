"""A file or a folder in; when it returns, the bytes of the one or the names in the other are on the disk."""

from __future__ import annotations

import os
from pathlib import Path


def synced(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk.

    Without it a file that was renamed into a folder may be gone after a power cut. Raises OSError.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
