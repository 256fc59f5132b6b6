"""What is found in files that tests make, without a subprocess."""

from io import BytesIO

from evidence_chain.inspect import looking


def found(data, name="file"):
    """The kinds of what a file gives away, with what each gives, by kind."""
    inspection = looking.inspect(BytesIO(data), name)
    kinds = {}
    for one in inspection.findings:
        kinds.setdefault(one.kind, []).append(one.gives)
    return kinds


def reveals(data, name="file"):
    """The kinds of what matters."""
    return {one.kind for one in looking.inspect(BytesIO(data), name).reveals}


def unchecked(data, name="file"):
    return looking.inspect(BytesIO(data), name).unchecked
