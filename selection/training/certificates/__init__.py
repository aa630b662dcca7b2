"""Certificates to look at and to print."""
