"""Pages of chambers, their members and honours, and of enterprises."""
