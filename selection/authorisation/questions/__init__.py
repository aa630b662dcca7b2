"""May they, and why: a question that a page and a program ask alike."""
