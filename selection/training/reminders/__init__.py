"""Certificates that are about to end: the list of them, and the letters that say so."""
