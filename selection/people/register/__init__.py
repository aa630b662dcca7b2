"""The staff register: searched, filtered and sorted on the server."""
