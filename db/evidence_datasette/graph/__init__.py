"""The drawing of a claim, and its timeline: what they show, and where. Nothing is checked here."""
