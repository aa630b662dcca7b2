"""What is decided of a candidate, signed by the chair."""
