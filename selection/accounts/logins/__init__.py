"""The administrator's pages: who has a login, with which roles, and whether it is open."""
