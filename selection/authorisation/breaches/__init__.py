"""Certificates found false: a breach against the days that were delivered on their strength, never erased."""
