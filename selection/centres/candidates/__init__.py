"""Who is put forward to a centre, and taken back."""
