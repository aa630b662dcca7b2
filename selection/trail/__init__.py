"""The audit trail: the declared events, the one way to write them, and the page that shows them."""
