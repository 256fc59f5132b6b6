"""Commands that check before publication, and publish."""
