"""The database that every process of a test run copies: migrated once, beside the first tests.

Started by tests/conftest.py in the process that leads the run. Whoever needs a database waits until
it is made: while it is being made, its maker holds the lock of the file it reports to.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

TEMPLATE = "test_template"
READY = "ready"


def begin() -> subprocess.Popen[bytes]:
    """Start making it, in a process of its own."""
    with _report().open("wb") as report:
        fcntl.flock(report, fcntl.LOCK_EX)
        # The new process holds the open file, and with it the lock, until it ends.
        return subprocess.Popen(
            [sys.executable, "-m", "tests.ground"],
            cwd=Path(__file__).parent.parent,
            stdout=report,
            stderr=subprocess.STDOUT,
        )


def end(making: subprocess.Popen[bytes]) -> None:
    """A run that needed no database is over before it is made."""
    making.terminate()
    making.wait()


def await_template() -> str:
    """The name of the database, once it can be copied."""
    with _report().open() as report:
        fcntl.flock(report, fcntl.LOCK_SH)
        said = report.read().strip()
    if said != READY:
        raise RuntimeError(f"the test database could not be made: {said}")
    return TEMPLATE


def make() -> None:
    """Create and migrate it."""
    import django  # noqa: PLC0415 - a test process imports this before the settings stand

    django.setup()
    from django.db import connection  # noqa: PLC0415

    connection.settings_dict["TEST"]["NAME"] = TEMPLATE
    connection.creation.create_test_db(verbosity=0, serialize=False)
    connection.close()


def _report() -> Path:
    return Path(os.environ["DATA_DIR"]) / "template.log"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    make()
    print(READY)  # noqa: T201
