"""What is said of what is published, or keeps something from being published."""
