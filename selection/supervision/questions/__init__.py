"""What records ask: forms of questions with versions, unchangeable once published."""
