"""What is measured of texts: read off documents, compared, looked up for an article."""
