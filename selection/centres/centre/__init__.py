"""A centre itself: opened, edited, closed, and the list of them."""
