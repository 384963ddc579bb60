"""What persons decide in a preview, before it is committed."""
