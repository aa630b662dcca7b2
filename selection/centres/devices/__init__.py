"""Devices on which rating forms are open: announced by themselves, handed back, or given up as lost."""
