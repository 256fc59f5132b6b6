"""Records and what was done about them, for people: in lines, in a table, one by one."""
