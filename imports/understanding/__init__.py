"""How a list is understood: what was noted of its file, what persons said, what was learnt."""
