"""Where rows, files and keys lie, and how they get there. No idea of what a record means."""
