"""Values as officials type them, read as a careful clerk would: plain Python, knows no Django."""
