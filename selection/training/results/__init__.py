"""Results in three parts, and the certificates that passed ones earn."""
