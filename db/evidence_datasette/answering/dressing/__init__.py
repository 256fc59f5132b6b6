"""Datasette's own pages of a case, dressed as ours. No page of ours."""
