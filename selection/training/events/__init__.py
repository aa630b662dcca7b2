"""Events: one running of a course, with its days, venue, places and trainers."""
