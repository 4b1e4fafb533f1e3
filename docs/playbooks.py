"""The playbooks in, their pages and diagrams out: `python -m docs.playbooks` writes docs/playbooks/."""

from __future__ import annotations

from pathlib import Path

from luoshi.ledger.playbook import load_playbooks
from luoshi.ledger.playbook.drawing import diagram
from luoshi.ledger.playbook.page import page

FOLDER = Path(__file__).parent / "playbooks"


def pages() -> dict[str, str]:
    """Every file of the folder with what it must say: of the newest version of each playbook."""
    playbooks = load_playbooks()
    newest = [playbooks.latest(key) for key in playbooks.keys]
    return {
        name: text
        for playbook in newest
        for name, text in (
            (f"{playbook.key}.md", page(playbook)),
            (f"{playbook.key}.svg", diagram(playbook, "zh-hans")),
            (f"{playbook.key}.en.svg", diagram(playbook, "en")),
        )
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
