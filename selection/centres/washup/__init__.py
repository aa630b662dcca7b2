"""What the assessors rated, side by side, and what is settled of it."""
