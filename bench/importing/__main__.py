"""`python -m bench.importing NAME …`: one contender, in a process of its own; answers in JSON."""

import importlib
import json
import sys

import django


def main(name: str, arguments: list[str]) -> None:
    """Sets Django up first, so that no contender pays for it."""
    django.setup()
    contender = importlib.import_module(f"bench.importing.{name}")
    sys.stdout.write(json.dumps(contender.measure(*arguments)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
