"""Commands by which the log as it stands is signed: here, by witnesses, by authorities."""
