"""An article held against a case: which of its quotations stand in the evidence, word for word.

    texts       the texts of all documents, and why some can't be looked through
    sieve       in which of them the letters of a quotation stand
    readings    the ways in which an article's quotation may be meant
    standing    where a quotation stands
    spanning    which records hold it together, where none holds it whole
    signed_off  whether a person must look at these records, or did
    looking     the strict comparison, and what the case has there
    places      what the case says of that place
    context/    who said it, when and where, as the sentence around it says
    wording     sentences that use the words of a claim
    run         all of it, for an article

Nothing is recorded here, and nothing of an article is kept.
"""

from evidence_db.proofreading.run import Proof, proofread

__all__ = ["Proof", "proofread"]
