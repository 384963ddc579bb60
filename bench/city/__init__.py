"""The ground of `bench pages` and `bench figures`: a large and a small district side by side."""
