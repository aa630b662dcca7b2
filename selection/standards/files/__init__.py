"""Standards as files: the JSON form, its schema, export and import."""
