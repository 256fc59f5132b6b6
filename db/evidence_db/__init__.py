"""Where records live: the case's database, its preserved files and the signing key."""
