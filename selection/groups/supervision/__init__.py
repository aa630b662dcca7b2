"""Under whom a group is delivered, without a day's gap."""
