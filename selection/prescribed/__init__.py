"""The prescribed standard, between rows and rules: its facts as the rules see them, and the hash of its content."""
