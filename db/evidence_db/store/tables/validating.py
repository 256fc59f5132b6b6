"""Rows in bulk, checked against what a row of their table is, before they are inserted."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError, create_model

from evidence_chain.errors import RuleError
from evidence_db.store.tables.models import ROWS


def validate(table: str, rows: list[dict[str, Any]]) -> None:
    """Check rows against the model of `table`.

    Raises:
        RuleError: they do not fit; what it says names each wrong column.
    """
    try:
        _validator(table).validate_python(rows)
    except ValidationError as error:
        raise RuleError(f"Rows of {table} are not as they should be: {error}") from error


@cache
def _validator(table: str) -> TypeAdapter[Any]:
    """Checks rows of `table` as its model says, without making a model of each."""
    row = ROWS[table][0]
    fields: dict[str, Any] = {name: (one.annotation, one) for name, one in row.model_fields.items()}
    plain: Any = create_model(row.__name__, **fields)
    return TypeAdapter(list[plain])
