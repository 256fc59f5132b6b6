"""What is left to do in a case, and the command that deals with each: `evidence status`.

Nothing is decided here: what the gate asks is in `publishing`, what a claim is like in its graph.
"""
