"""The service that decides who may run a group."""
