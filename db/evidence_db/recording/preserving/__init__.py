"""Files taken into a case: what holds other files, what a browser got, what is drawn of them."""
