"""People: accounts, log-ins, settings, their own data, and what administrators do."""
