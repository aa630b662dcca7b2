"""A person's record: where they stand, the papers that say so, what they do and did, and the history."""
