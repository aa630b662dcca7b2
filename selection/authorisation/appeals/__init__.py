"""Deselection by a panel, the appeal against it, and who hears it."""
