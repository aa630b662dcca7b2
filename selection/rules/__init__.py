"""The rulebook: frozen facts in, verdicts out, with nothing but the standard library."""
