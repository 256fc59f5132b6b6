"""What is measured of editions: published, checked, searched for what they withhold."""
