"""What the service does by itself: a timetable of jobs, run by one process at a time."""
