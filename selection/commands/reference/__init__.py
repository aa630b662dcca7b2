"""What every service starts with: the programme of the seed, a first selection standard, and courses for its steps."""
