"""The ground under the site: embedded PostgreSQL and Valkey, and the supervisor of all processes."""
