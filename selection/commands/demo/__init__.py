"""A believable service for trying things out: the same seed number, size and day make the same people and events."""
