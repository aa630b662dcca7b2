"""A candidate's own pages: where their selection stands, and their feedback once it is released."""
