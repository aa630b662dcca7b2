"""The areas of the service: their names, and the nations whose bank holidays they have."""
