"""What a browser says of itself in, its name and system in few words out; unknown ones are shown as they say it."""

from __future__ import annotations

# First that is found wins: browsers name those that they want to be taken for as well.
BROWSERS = (
    ("Edg/", "Edge"),
    ("QQBrowser/", "QQ"),
    ("MicroMessenger/", "WeChat"),
    ("360", "360"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
LONGEST = 60


def browser_name(agent: str) -> str:
    """For example “Firefox · Windows”."""
    found = [next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or agent[:LONGEST]
