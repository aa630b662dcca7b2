"""The capacity forecast: for how long there will be enough facilitators and supervisors of a programme."""
