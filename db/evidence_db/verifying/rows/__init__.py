"""Verification of a log by what was exported of it, as Parquet, without its database."""
