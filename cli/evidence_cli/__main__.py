"""What `evidence` and `python -m evidence_cli` start."""

import atexit
import gc

from evidence_cli.main import main

_NEW_OBJECTS = 50_000
"""Objects after which garbage is searched for: loading modules makes as many, and no garbage."""


def run() -> None:
    """Run the program without searches for garbage that take a short command a tenth of its time.

    Objects are freed as always when nothing refers to them; only circles of them wait, and those
    that are left at the end go with the process.
    """
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)
    main(prog_name="evidence")


if __name__ == "__main__":
    run()
