"""`python -m bench.job MODULE:FUNCTION ARGUMENTS`: one job in a process of its own.

The function takes the JSON object `ARGUMENTS` as keyword arguments and returns a JSON object
that holds `seconds`. Printed is that object with `peak`, the memory in bytes of the largest of
the job's processes.
"""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module

KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in."""


def peak() -> int:
    """Bytes of memory that this process, or the largest of its children, had at most."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(usage.ru_maxrss for usage in usages) * KILOBYTE


def main() -> None:
    """Run the job that the command line names."""
    module, _, function = sys.argv[1].partition(":")
    answer = getattr(import_module(module), function)(**json.loads(sys.argv[2]))
    print(json.dumps(answer | {"peak": peak()}))


if __name__ == "__main__":
    main()
