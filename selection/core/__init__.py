"""What every slice stands on and that knows nothing of the field: database, columns, proof, clock, errors, mail."""
