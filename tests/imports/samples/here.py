"""What the reading process does, done in the process of the test."""

import json
from typing import Any

from imports.reading import child
from imports.reading.exchange import Options


def run_here(content: bytes, options: Options) -> tuple[dict[str, Any] | None, bytes]:
    """In place of ``isolation._run``: what is handed over goes through text all the same."""
    passed = Options.from_json(options.to_json().encode())
    answered = child._answer(content, passed)
    kept = answered.pop("kept", b"")
    return json.loads(json.dumps(answered)), kept
