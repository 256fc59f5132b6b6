"""What a template looks up in data is what Jinja finds there."""

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError

from evidence_datasette.answering.rendering import _look_in_dicts_first

DATA = {"items": 1, "get": 2, "kind": "claim", "none": None, "text": "x", "within": {"kind": "a"}}
LOOKS = ("kind", "none", "within.kind", "missing", "within.missing.further", "text.upper()")
LOOKS += ("items()", "get('kind')", "keys()|list", "none.kind", "__class__", "['kind']")


class Listed(dict):
    kind = "an attribute"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("data", [DATA, Listed(DATA)])
@pytest.mark.parametrize("strict", [False, True])
def test_it_finds_the_same(look, data, strict):
    more = {"undefined": StrictUndefined} if strict else {}
    usual, ours = Environment(autoescape=True, **more), Environment(autoescape=True, **more)
    _look_in_dicts_first(ours)
    said = "{{ data%s }}" % (look if look.startswith("[") else f".{look}")
    answers = []
    for environment in (usual, ours):
        try:
            answers.append(environment.from_string(said).render(data=data))
        except UndefinedError as error:
            answers.append((type(error), str(error)))
    assert answers[0] == answers[1]
