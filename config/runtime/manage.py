"""`./run manage`: a Django command, with the embedded services started for it if need be."""

import argparse
import os
import sys

from config.env import ROOT, Environment
from config.runtime.processes import call
from config.runtime.services import ensure_running


def manage(environment: Environment, options: argparse.Namespace) -> int:
    """Runs it where the user stands, so that file names mean what the user meant."""
    environ = {
        **os.environ,
        "DATA_DIR": str(environment.data_dir),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "config.door", *options.rest]
    with ensure_running(environment, f"manage {' '.join(options.rest[:1])}".strip()):
        code = call(command, environ=environ)
    return code if code in {0, 1, 2} else 1
