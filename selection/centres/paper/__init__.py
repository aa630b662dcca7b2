"""Paper forms, for the day when nothing works: printed blank, written by hand, typed afterwards by another person."""
