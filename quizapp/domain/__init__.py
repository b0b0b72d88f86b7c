"""Rules: pure functions that know neither the web, nor the database, nor the clock."""
