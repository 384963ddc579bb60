"""How a confirmed preview is written, whole or not at all."""
