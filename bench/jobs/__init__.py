"""What is measured, each in a process of its own; imports of the program belong here alone."""
