"""Nothing in, a password to be used once and changed out: to be read out over the telephone without mistakes."""

from __future__ import annotations

import secrets

# Without 0/o, 1/l/i, which are taken for each other.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# 31 letters, four groups of four: 79 bits, far beyond what rate limits let anybody try.
GROUPS, LONG = 4, 4


def one_time_password() -> str:
    """Four groups of four letters and digits, at random."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(GROUPS))
