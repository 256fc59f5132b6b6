"""What keeps an edition from being published, and what opens that. Nothing is written here."""
