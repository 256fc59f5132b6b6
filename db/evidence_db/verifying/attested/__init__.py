"""What others than the log's key attest: reviews of people, time-stamps of authorities."""
