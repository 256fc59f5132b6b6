"""The pages, one file each; see `evidence_datasette.page`."""
