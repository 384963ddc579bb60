"""Pages of figures and of summaries."""
