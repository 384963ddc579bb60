"""How a list comes in: uploaded or pasted, waiting sealed, read, and whose it is."""
