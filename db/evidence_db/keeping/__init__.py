"""How a case is kept: copied while it is used, cleared of crashes, relieved of what is erased."""
