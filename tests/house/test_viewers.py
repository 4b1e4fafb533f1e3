"""Rows that not everybody may see are asked for with a viewer; where not, the module is listed here with its reason."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

from luoshi.people.visible import Unguarded, guarded
from luoshi.places.models import Place
from tests.folders import PROJECT

SOURCE = PROJECT / "src" / "luoshi"
# Rooms that know no viewers, because people stands above them.
BELOW = ("reading", "places", "calendar")
# Ways to the rows of a model that ask for no viewer.
WAYS = {"unguarded", "_default_manager", "_base_manager", "all_objects"}
# These belong to every model; they are refused of a guarded one, by its name.
PLAIN = {"objects", "history"}

ALLOWED = {
    "people/visible.py": "the guard itself",
    "people/seeing.py": "finds out what a viewer sees",
    "people/models/post.py": "compares a post with the holder's others before it is saved",
    "people/models/feed.py": "one's own link; or nobody has signed in, and the secret says who asks",
    "people/models/login.py": "forgets old rows",
    "people/admin/rights.py": "finds the posts of somebody that lie outside what an administrator looks after",
    "people/signing/adapter.py": "nobody has signed in yet",
    "people/signing/oidc.py": "nobody has signed in yet",
    "people/signing/log.py": "nobody has signed in yet",
    "desk/forms/drafts.py": "names of the units that a draft in sight has",
    "desk/forms/uploads.py": "the places of the units that one works in",
    "desk/reports/cards.py": "names of the units that drafts in sight have",
    "delivery/actions.py": "changes channels and messages of who asks; deliveries that `Delivery.seen` found",
    "delivery/claiming.py": "sends what was written for its reader, whoever runs the program",
    "delivery/fanning.py": "writes what each reader is told; run by the program",
    "delivery/inbox.py": "shows somebody their own messages; what they are about by `Item.seen`",
    "delivery/recipients.py": "finds out who must know; shows nothing",
    "delivery/running.py": "counts what waits",
    "desk/items/letter.py": "reads the events of an item that the door found in sight",
    "desk/views/receiving.py": "shows somebody their own channels",
    "cli/table.py": "run by the owner of the installation on the machine itself",
    "intake/said_before.py": "asks the index; a test holds what is shown to `Item.seen` and `Action.seen`",
    "intake/actions/hands.py": "locks drafts that it found within sight",
    "intake/actions/noting.py": "writes and reads the decisions about drafts that `hands` found within sight",
    "intake/actions/drawing.py": "writes the drafts of a report that its caller was given",
    "intake/actions/bringing.py": "asks whether a report that its caller was given has drafts",
    "intake/actions/instructing.py": "writes the draft of an instruction at a place that who brings it supervises",
    "intake/actions/joining.py": "writes the parts of a draft that `hands` found within sight",
    "intake/actions/entering.py": "writes a draft at a place that who enters it supervises",
    "intake/actions/filling.py": "looks up units by the keys of a form; unknown ones are told",
    "intake/responding/planning.py": "looks up the units of lines at places that a supervisor of them named",
    "intake/responding/asking.py": "the place of a post of who asks",
    "intake/responding/activating.py": "writes the parts of a response that `asking` found within sight, or has just opened",
    "intake/responding/stopping.py": "writes the parts of a response that `asking` found within sight",
    "intake/listing.py": "names lead to units whoever reads; a candidate shows a unit's name and no more",
    "intake/tables/importing.py": "writes the drafts of a report that it has just taken in for its caller",
    "people/importing.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/events.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/files.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/numbers.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/proofs.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/replaying.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/rows.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/sealing.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/roots.py": "run by the owner of the installation on the machine itself",
    "ledger/proving/texts.py": "run by the owner of the installation on the machine itself",
    "ledger/carrying/exporting.py": "run by the owner of the installation on the machine itself",
    "ledger/carrying/importing.py": "run by the owner of the installation on the machine itself",
    "ledger/carrying/parcels.py": "run by the owner of the installation on the machine itself",
    "ledger/clocks/recomputing.py": "run by the owner of the installation on the machine itself",
    "cli/ledger.py": "run by the owner of the installation on the machine itself",
    "ledger/searching.py": "writes what items are found by; a search narrows rows that its caller was given",
    "desk/listing/asked.py": "looks up units by the name or key of an address; shows none of them",
    "ledger/browsing/rows.py": "shows items by their ids, which `browse` found in sight; a test holds that to `Item.seen`",
    "ledger/browsing/sources.py": "asks by places and lines of a scope, and by its units and posts; a test holds it to `Item.seen`",
    "ledger/browsing/walks.py": "asks by places and lines of a scope, and by its units and posts; a test holds it to `Item.seen`",
    "ledger/browsing/wanted.py": "the items that units and posts of a scope support",
    "ledger/lists.py": "asks by the units and posts of a scope alone; a test holds it to `Item.seen`",
    "ledger/actions/viewing.py": "finds out whether who asks sees an item, of one that is locked; a test holds it to `Item.seen`",
    "ledger/actions/acting.py": "writes an item after `viewing` found it in sight",
    "ledger/actions/writing.py": "writes what belongs to an event",
    "ledger/actions/rows.py": "writes and reads the supports of an item that `viewing` found in sight",
    "ledger/actions/again.py": "gives the first outcome again to who has acted, and to nobody else",
    "ledger/actions/numbers.py": "counts the items of a series, whoever sees them",
    "ledger/actions/erasing.py": "erases what belongs to an item that `viewing` found in sight",
    "ledger/actions/posts.py": "looks up posts by the numbers of a form; unknown ones are told",
    "ledger/actions/units.py": "looks up units by the keys of a form; unknown ones and unconfirmed ones are told",
    "ledger/inbox.py": "asks by the units, posts and places of a scope alone; a test holds it to `Item.seen`",
    "desk/items/found.py": "reads an item that the door found in sight, and compares others with the door's own rule",
    "desk/items/sheet.py": "reads what belongs to an item that the door found in sight",
    "desk/items/names.py": "units and roles belong to what happened to an item in sight; names of people are asked for with a viewer",
    "desk/forms/units.py": "names lead to units whoever writes them; shows a unit's name and place and no more",
    "ledger/sweep/walking.py": "goes through all that is due, by the clock and for nobody",
    "ledger/sweep/addressing.py": "finds the posts and units that a step is told; shows them to nobody",
    "desk/inbox/drafts.py": "counts drafts at the place and in the lines of a supervisor's post",
    "desk/views/item.py": "reads a file of an item that the door found in sight",
    "cli/demo/scale/fill.py": "run by the owner of the installation on the machine itself",
    "cli/demo/scale/staff.py": "run by the owner of the installation on the machine itself",
    "cli/take.py": "run by the owner of the installation on the machine itself",
    "cli/demo/cast.py": "makes the people of a fresh database, on the machine itself",
    "cli/demo/ground.py": "confirms the units of a fresh database, on the machine itself",
    "cli/demo/command.py": "counts the people of a database before it makes others",
    "cli/demo/story.py": "plays the people of the demonstration, each through the one door",
    "cli/reread.py": "run by the owner of the installation on the machine itself",
    "documents/works.py": "compares a report with those of all places; shows none of them",
    "documents/settling.py": "writes the rows of a report that its caller was given",
    "documents/actions/taking.py": "writes; the same bytes are one report in all places",
    "documents/actions/rereading.py": "writes the rows of a report that its caller was given",
    "documents/actions/correcting.py": "writes a row that its caller was given",
    "documents/actions/meetings.py": "compares a meeting with those entered at its place before it is saved",
}


def unasked(path: Path, names: set[str]) -> list[int]:
    """Lines of a module where rows are asked for without a viewer."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Attribute):
            continue
        of_guarded = isinstance(node.value, ast.Name) and node.value.id in names
        if node.attr in WAYS or (node.attr in PLAIN and of_guarded):
            found.append(node.lineno)
    return sorted(found)


def modules() -> dict[str, list[int]]:
    # Places are public facts (health asks whether there are any); their guard is for what one's subtree is.
    names = {model.__name__ for model in guarded() if model is not Place}
    assert {"User", "Post", "Login", "Unit"} <= names
    paths = [
        p for p in SOURCE.rglob("*.py") if p.relative_to(SOURCE).parts[0] not in BELOW and "migrations" not in p.parts
    ]
    asked = {str(path.relative_to(SOURCE)): unasked(path, names) for path in paths}
    return {name: lines for name, lines in asked.items() if lines}


def test_rows_are_asked_for_with_a_viewer() -> None:
    """Say `Model.seen.by(viewer, day)`, or `people.visible.units(viewer, day)`."""
    assert {name: lines for name, lines in modules().items() if name not in ALLOWED} == {}


def test_what_is_allowed_is_needed() -> None:
    assert set(ALLOWED) - set(modules()) == set()


def test_the_search_finds_what_it_is_for(tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text(
        "a = Post.unguarded.all()\nb = Unit.objects.all()\nc = Line.objects.all()\nd = User._base_manager\n"
    )
    assert unasked(path, {"Post", "Unit", "User"}) == [1, 2, 4]


# Tables of ours above places that are not guarded, and why: none of them is shown to anybody but by a guarded row.
UNGUARDED = {
    "HistoricalUser",
    "HistoricalPost",
    "HistoricalPost_lines",
    "Post_lines",
    "Root",
    "Leaf",
    "Beginning",
    "SearchText",
}


def test_no_table_of_ours_is_left_unguarded_by_forgetting_it() -> None:
    rooms = [c for c in apps.get_app_configs() if c.name.startswith("luoshi.") and c.label not in BELOW]
    models = {model for room in rooms for model in room.get_models(include_auto_created=True)}
    assert {model.__name__ for model in models - set(guarded())} == UNGUARDED
    for model in models & set(guarded()):
        assert isinstance(model._default_manager, Unguarded), model
