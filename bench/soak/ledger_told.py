"""What a fault was done to the ledger and how often in, one line on what came of it out."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Told:
    """What was done, counts, and every fault found: none where the ledger stood it."""

    what: str
    counts: dict[str, int | str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counted = ", ".join(
            f"{name}: {n:,}" if isinstance(n, int) else f"{name}: {n}" for name, n in self.counts.items()
        )
        shown = "".join(f"\n  FAULT {fault}" for fault in self.faults[:20])
        return f"{self.what}: {counted}; {len(self.faults)} faults{shown}"
