"""Banks: reading, checking and loading question files."""
