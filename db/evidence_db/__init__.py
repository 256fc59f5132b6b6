"""Where records live: a case's database, its preserved files, the signing key. No terminal."""
