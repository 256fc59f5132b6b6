"""What one answer leaves to the next: pages, connections, and who waits for the same. No page."""
