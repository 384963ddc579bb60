"""Pages of towns, villages, posts and brands."""
