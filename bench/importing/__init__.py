"""The contenders of `bench import`: ours, the stock library, and the limit, each a process."""
