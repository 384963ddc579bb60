"""Measures of speed: one module each, with `run(options) -> dict`; `./run bench NAME` calls it."""
