#!/usr/bin/env python3
"""Django's own commands in (migrate, createsuperuser, check …), what they do to luoshi's database out."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    execute_from_command_line(sys.argv)
