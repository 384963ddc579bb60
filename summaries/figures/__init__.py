"""Figures: one definition for each number, from which the number, its rows and its words follow."""
