"""A web server in, the application it serves out."""

from __future__ import annotations

import os

from luoshi.config.resident import resident

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
application = resident()
