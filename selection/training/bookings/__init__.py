"""Bookings: who gets a place on an event, and who cannot and why."""
