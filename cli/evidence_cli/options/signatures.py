"""The options by which the signatures of an e-mail are checked, and what checks them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.errors import InputError
from evidence_cli.options.given import text_given

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.mail import Key


def signature_options() -> list[click.Parameter]:
    """`--dkim-key`, `--dkim-dns`, `--smime-root` and `--openpgp-key`."""
    return [
        _file(
            "--dkim-key",
            "The public key (DNS record or PEM) that the e-mail's signature is checked with.",
        ),
        click.Option(
            ["--dkim-dns"], is_flag=True, help="Ask the DNS for the key that signed the e-mail."
        ),
        _file(
            "--smime-root",
            "Certificates (PEM) of who vouches for the person that signed the e-mail (S/MIME).",
        ),
        _file(
            "--openpgp-key",
            "The certificate (public key) of the person that signed the e-mail (OpenPGP).",
        ),
    ]


def _file(name: str, told: str) -> click.Option:
    return click.Option([name], type=click.Path(path_type=Path), metavar="FILE", help=told)


def signature_reader(options: dict[str, Any]) -> Callable[[bytes], list[Any]]:
    """What checks the signatures of an e-mail: by keys in files, by DNS, or without a key.

    Args:
        options: what was said by the options, of which these are taken out.

    Raises:
        InputError: a file has no key, or one for DKIM was given and asked for, too.
    """
    from evidence_chain.mail import check, look_up, signers
    from evidence_db.recording.writer import now

    files = [options.pop(name, None) for name in ("dkim_key", "smime_root", "openpgp_key")]
    ask_dns = options.pop("dkim_dns", False)
    if files[0] is not None and ask_dns:
        raise InputError("Give the key by --dkim-key or have it looked up, not both.")
    given = _given(*files)

    def read(message: bytes) -> list[Any]:
        time = now()
        asked = look_up(signers(message), time) if ask_dns else []
        return check(message, [*asked, *given], time)

    return read


def _given(dkim: Path | None, root: Path | None, openpgp: Path | None) -> list[Key]:
    """The keys and certificates in files."""
    from evidence_chain.mail import read_key_file, read_openpgp_file, read_root_file

    keys: list[Key] = []
    if dkim is not None:
        keys += read_key_file(text_given(dkim, f"The key in {dkim}"), dkim.name)
    if root is not None:
        keys.append(read_root_file(text_given(root, f"The certificates in {root}"), root.name))
    if openpgp is not None:
        text = text_given(openpgp, f"The certificate in {openpgp}")
        keys.append(read_openpgp_file(text, openpgp.name))
    return keys
