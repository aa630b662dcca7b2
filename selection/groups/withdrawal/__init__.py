"""A decision about a person that touches groups: what it touches, who could stand in, and all of it at once."""
