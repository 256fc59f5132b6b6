"""Whether the log is whole, and what is remembered of having looked. No record is judged here."""
