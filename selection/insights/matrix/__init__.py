"""The skills matrix: people by steps and programmes."""
