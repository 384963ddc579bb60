"""The ground under the site: embedded PostgreSQL and Valkey, and who watches over them."""
