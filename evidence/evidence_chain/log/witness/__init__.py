"""Witnesses of a log: whose cosignatures are asked for, and how they are asked (C2SP).

No I/O: who is reached how belongs to `evidence_db.recording.witnesses`.
"""
