"""The edition of its programme that a group runs under, and the decision to move it to the newest."""
