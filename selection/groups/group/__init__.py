"""The groups themselves: planned, shown, changed, closed."""
