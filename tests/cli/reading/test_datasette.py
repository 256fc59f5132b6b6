"""Plain Datasette reads a case with the metadata file, and shows no secret."""

import asyncio
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.filterwarnings(  # Datasette leaves its connections to the collector
    "ignore:unclosed database", "ignore::pytest.PytestUnraisableExceptionWarning"
)
METADATA = Path(__file__).resolve().parents[3] / "datasette-metadata.json"


@pytest.fixture
def get(tender):
    from datasette.app import Datasette

    tender.run("claim", "knew", "They knew")
    metadata = json.loads(METADATA.read_text())
    datasette = Datasette([str(tender.home / "evidence.db")], metadata=metadata)
    return lambda path: asyncio.run(datasette.client.get(path))


def test_a_claim_is_read_from_its_generated_columns(get):
    (row,) = get("/evidence/claim.json?_shape=array").json()
    assert (row["slug"], row["statement"], row["recorded_by"]) == ("knew", "They knew", "tester")


def test_its_tables_and_columns_are_described(get):
    page = get("/evidence/claim").text
    assert "Short name of the claim." in page


@pytest.mark.parametrize("path", ["/evidence/seal", "/evidence/seal.json", "/evidence/record.json"])
def test_what_opens_the_log_is_not_shown(get, path):
    assert get(path).status_code == 403


def test_strangers_run_no_sql(get):
    assert get("/evidence.json?sql=select+salts+from+seal").status_code == 403


def test_plumbing_is_hidden(get):
    tables = get("/evidence.json").json()["tables"]
    shown = {table["name"] for table in tables if not table["hidden"]}
    assert shown == {
        *("artifact", "case_info", "checkpoint", "claim", "entry", "evidence"),
        *("link", "original", "retraction"),
    }
