"""How numbers of things and moments are written, wherever they are told. No sentences."""
