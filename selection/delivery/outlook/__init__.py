"""Can this group run? One page for a group, and a board for all the groups of an area."""
