"""Plain Datasette reads a case with the metadata file, and shows no secret."""

import asyncio
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("datasette_closes")
METADATA = Path(__file__).resolve().parents[2] / "datasette-metadata.json"


@pytest.fixture
def get(template):
    from datasette.app import Datasette

    metadata = json.loads(METADATA.read_text())
    datasette = Datasette([str(template.database)], metadata=metadata)
    return lambda path: asyncio.run(datasette.client.get(path))


def test_a_claim_is_read_from_its_generated_columns(get):
    (row,) = get("/evidence/claim.json?_shape=array&slug=board-knew").json()
    assert row["statement"] == "The harbour board knew of the recordings"
    assert row["recorded_by"] == "tester"


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
        *("amendment", "artifact", "case_info", "case_title", "checkpoint", "claim", "entry"),
        *("cosignature", "custody", "erasure", "evidence", "key_change", "link"),
        *("open_timestamp", "original", "renewal", "retraction", "review", "timestamp"),
    }
