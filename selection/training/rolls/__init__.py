"""The roll: who was there, day by day."""
