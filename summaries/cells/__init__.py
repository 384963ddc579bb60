"""Figures counted in advance: by month and by day, exact at every moment (docs/adr/0009)."""
