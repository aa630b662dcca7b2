"""The gate, the base form, filters and error pages: what every page passes through."""
