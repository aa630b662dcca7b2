"""The import of staff from a file: read, checked whole, shown, then stored all at once or not at all."""
