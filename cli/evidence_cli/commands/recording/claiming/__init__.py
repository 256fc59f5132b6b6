"""Commands that make a claim, and say or take back what bears on it. No evidence is added."""
