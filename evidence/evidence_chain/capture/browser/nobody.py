"""Becomes Chromium as a user who isn't root, so that its own sandbox stays on."""

from __future__ import annotations

import os
import sys

from evidence_chain.extract.guard import kernel

_USER = 1000


def main() -> None:
    """Run the program that the arguments name, in a namespace where this user has no rights."""
    user, group = os.getuid(), os.getgid()
    kernel.unshare(kernel.NEW_USER)
    for name, content in (
        ("setgroups", "deny"),
        ("uid_map", f"{_USER} {user} 1"),
        ("gid_map", f"{_USER} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the program that was found installed


if __name__ == "__main__":
    main()
