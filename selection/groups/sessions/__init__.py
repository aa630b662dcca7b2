"""A group's schedule and sessions: laid out, moved, caught up with, and who is in the room at each."""
