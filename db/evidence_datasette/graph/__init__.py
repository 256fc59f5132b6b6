"""The drawing of a claim: what it shows, where that stands, how it is drawn; and its timeline."""
