"""What one assessor rates, alone, until the form is sealed."""
