"""Django's command line behind `./run manage`: the unforeseen goes into a file, not on screen."""

import os
import sys
import traceback

from django.core.management import execute_from_command_line

from config.env import load
from config.runtime.words import Refusal, tell


def main() -> int:
    """Runs the command of the arguments; its own exit code, 1 for the unforeseen, 2 refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(["./run manage", *sys.argv[1:]])
    except KeyboardInterrupt:
        return 1
    except Refusal as refusal:
        tell(refusal.chinese, refusal.english)
        return 2
    except Exception as error:  # noqa: BLE001 - the door of the program
        where = load().log_dir / "manage.log"
        with where.open("a", encoding="utf-8") as log:
            traceback.print_exception(error, file=log)
        told = " ".join(str(error).split())
        tell(
            f"命令没有完成：{type(error).__name__}: {told}（详见 {where}）",
            f"the command failed: {type(error).__name__}: {told} (see {where})",
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
