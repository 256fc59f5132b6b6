"""Whether tables, schema and search index say what the log has."""
