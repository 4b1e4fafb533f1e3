"""What is done to a backup, and what `restore` says of it."""

from __future__ import annotations

DAMAGED = {
    "a byte of the database": "is not what was written",
    "a byte of a file": "is not what was written",
    "a file gone": "cannot be read",
    "the manifest cut": "is damaged, or of another version",
    "no manifest": "is no backup",
    "a part elsewhere": "names a part that no backup has",
    "a newer version": "newer luoshi",
    "another database": "this is a backup of",
}
