"""Many rows in a database of their own, and what the portal costs with them: `make bench`. Only `tools.bench.settings` installs this."""
