"""Who is supervised by whom now, and when the next supervision of each falls due."""
