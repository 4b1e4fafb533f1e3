"""Where the tests find the project, its own gold, and the shared material (None where it is absent)."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[1]
GOLD = PROJECT / "gold"
_SHARED = PROJECT.parent / "shared"
SHARED = _SHARED if (_SHARED / "gold" / "dev").is_dir() else None
SHARED_GOLD = SHARED / "gold" / "dev" if SHARED else None
