"""Claims and what is told of them, as a reader with a browser sees them."""
