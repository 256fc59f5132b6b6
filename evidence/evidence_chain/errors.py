"""The one tree of errors.

Each message says what was being done, what was found and what to do next. The command line
alone turns them into exit codes.
"""


class EvidenceError(Exception):
    """The root of every error that this project raises on purpose."""


class FormatError(EvidenceError):
    """Bytes that do not follow the wire format."""


class ProofError(EvidenceError):
    """A signature, proof or commitment that does not hold."""


class UncheckedError(EvidenceError):
    """A proof of a kind that is not known here: it neither holds nor fails."""


class UnreachedError(UncheckedError):
    """What was to be checked could not be had here, so that nothing is known of it."""


class RuleError(EvidenceError):
    """A record that the rules of the log do not admit."""


class LeakError(EvidenceError):
    """What is withheld stands where it would be published.

    Args:
        message: Where, without saying what it is.
        searched: What the search found.
    """

    def __init__(self, message: str, searched: object = None) -> None:
        super().__init__(message)
        self.searched = searched


class PassageError(EvidenceError):
    """A passage that does not stand in the document as it was typed."""


class ExtractionError(EvidenceError):
    """The text of a document could not be had."""


class InputError(EvidenceError):
    """What the user gave can't be used: an unknown reference, a missing file, a bad option."""


class KeyFileError(EvidenceError):
    """The signing key is missing, unreadable or open to others."""


class StorageError(EvidenceError):
    """The disk or the database refused: full, locked, read-only, damaged, too new."""
