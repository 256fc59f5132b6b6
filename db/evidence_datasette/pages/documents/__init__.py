"""The pages of preserved files, and what is drawn of them. Nothing is recorded by them."""
