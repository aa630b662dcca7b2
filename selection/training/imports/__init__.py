"""Training of earlier years from a file: read, checked whole, handed in, and approved whole by somebody else."""
