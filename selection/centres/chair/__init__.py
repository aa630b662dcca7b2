"""The chair's own acts at the wash-up: settling, calling in a third assessor, outcomes, void, borderlines."""
