"""luoshi's settings in, the same for tests out: a home of their own, and nothing of the machine's environment."""

import os
import tempfile

KEPT = "LUOSHI_DATABASE"
for name in [n for n in os.environ if n.startswith("LUOSHI_") and n != KEPT]:
    del os.environ[name]
os.environ["LUOSHI_HOME"] = tempfile.mkdtemp(prefix="luoshi-tests-")

from luoshi.config.settings import *  # noqa: E402, F403

# A room above people, for what a guarded model of a later room does; and a way to empty the ledger after a test.
INSTALLED_APPS += ["tests.people.sample", "tests.flushing"]  # noqa: F405
# Argon2 is slow by design; a test that signs in shall not be.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What is logged goes to pytest, which shows it where a test fails; standard error belongs to the tests that look at it.
LOGGING = {**LOGGING, "handlers": {"stderr": {"class": "logging.NullHandler"}}}  # noqa: F405

# Static files are looked for when asked for; to look through them all takes longer than a page does, for each client.
WHITENOISE_AUTOREFRESH = True
