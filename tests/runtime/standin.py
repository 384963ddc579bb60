"""`./run` with a site of three small stand-ins and nothing to install."""

import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from config.env import Environment  # noqa: E402
from config.runtime import entry, install, supervisor  # noqa: E402
from config.runtime.processes import Program  # noqa: E402
from config.runtime.programs import site_environ  # noqa: E402


def programs(environment: Environment, listener: socket.socket) -> list[Program]:
    sleeper = [sys.executable, "-c", "import time; time.sleep(3600)"]
    web = [sys.executable, "-m", "tests.runtime.standin_web", str(listener.fileno())]
    return [
        Program(
            name=name,
            command=web if name == "web" else sleeper,
            folder=ROOT,
            log=environment.log_dir / f"{name}.log",
            environ=site_environ(environment),
            descriptors=(listener.fileno(),),
        )
        for name in ("web", "worker", "beat")
    ]


if __name__ == "__main__":
    install.ensure = lambda need, arguments: None
    if "--real" in sys.argv:
        sys.argv.remove("--real")
    else:
        supervisor.programs = programs  # type: ignore[attr-defined]
        supervisor.Supervisor._prepare = lambda self: []  # type: ignore[method-assign]
    sys.exit(entry.main(sys.argv[1:]))
