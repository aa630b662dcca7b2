"""Who is assigned to a group, for which days, and who could be."""
