"""What is recorded in a browser."""
