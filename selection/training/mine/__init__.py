"""A person's own training: where and when they are booked, where they stand in a line, and how to cancel."""
