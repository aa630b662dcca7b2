"""Rows for tests, a file per subject. Each takes a session of the store, adds what it makes, and flushes."""
