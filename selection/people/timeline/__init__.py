"""A person's path as a timeline: which papers and spells hold when, as a picture and in words."""
