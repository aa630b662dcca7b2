"""Drafts: begun empty or as a copy, entitled, deleted; and what every change of one goes through."""
