"""How a case is kept: copied while it is used, and cleared of what crashes left."""
