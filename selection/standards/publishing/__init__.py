"""From a draft to a published version, by two people."""
