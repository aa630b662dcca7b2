"""Does the promise hold? The live rows are checked, and a scratch copy of the schema is attacked with plain SQL."""
