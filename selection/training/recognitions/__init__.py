"""Recognitions: steps accepted on evidence of earlier or outside learning, apart from what was assessed here."""
