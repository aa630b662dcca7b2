"""Who assesses whom, and who is current as an assessor."""
