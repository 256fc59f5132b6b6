"""`python -m evidence_cli` is `evidence`."""

from evidence_cli.main import main

main(prog_name="evidence")
