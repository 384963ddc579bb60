"""Pages that look across: the district, a town, my work, search."""
