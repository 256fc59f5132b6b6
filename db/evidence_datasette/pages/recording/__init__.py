"""What is sent by who records in a browser. How that is recorded lies in the other `recording`."""
