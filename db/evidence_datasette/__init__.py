"""How a case is read in a browser: a plugin of Datasette.

Datasette shows the tables. This adds the pages that tables can't give, under the database:

    /DB/-/claims              the home of the case: every claim and what it rests on
    /DB/-/claim/REF           one claim, resolved to its chain (`evidence resolve`)
    /DB/-/record/REF          one record of any kind (`evidence show`)
    /DB/-/document/REF        one preserved file, its text and the passages in it
    /DB/-/file/REF            that file as an attachment, if it is not withheld
    /DB/-/page/REF/N          page N of that file, drawn as it is asked for
    /DB/-/picture/DIGEST      what a passage looks like on its page
    /DB/-/search?q=WORDS      claims, passages and whole documents
    /DB/-/verify?of=REF       the checks of `evidence verify`, run here; of all without `of`
    /DB/-/log                 the log, its checkpoints and who signed them
    /DB/-/log/N               one entry, and the proof that it stands in the log
    /-/databases.json         Datasette's own list, without where cases lie
    /-/evidence/NAME          our style sheet and scripts

REF is a claim's short name, the beginning of an id, or `@N` for entry N. Each page is JSON under
the same address with `.json`: what the command line prints with `--json`, where it has the same.

To add a page, add one file to `pages/`, with a `PAGE` (see `page.py`), and one template to
`templates/evidence/`. Nothing else lists the pages.

Whatever runs in the server reads the database through SQLite and never opens `evidence.db` as a
file: to close it would drop the locks of every reader in the process.

    page       what a page is, how it is asked for, permissions, threads
    answering  headers of every answer, and what is answered where there is no page
    cases      which databases are cases, and what a reference in an address names
    pages/     one file a page: a function from a `View` to the data, which is the JSON too
    templates/ one template a page, all of which extend `evidence/base.html` and take what they
               share from `evidence/parts.html`; text goes through the filter `shown`
    static/    one style sheet for all pages, and scripts that pages can do without
    links      addresses of our pages and of Datasette's own
    text       hostile text made visible, words marked
    finding    words that are looked for, and where they stand; cutting: text cut between words
    badges     outcome, status, kind and digest as HTML
    wording    what a resolved claim says, in words; standing: what failed, ended or differs in it
    context    a passage as its file has it, with what stands around it
    timeline   the dated records of a claim in the order of their dates
    drawing    what the drawing of a claim shows; layout: where that stands; shapes: its SVG
    sentences  what the fields of a record mean; passage: an evidence record's passage
    sources    the texts of a document; stretch: a part of one, cut into pieces by marking
    paged      the pages of a document that have pictures; page_drawing: how those are drawn
    remembered    answers that are given again while nothing they were made from has changed
    changes    claims in the order of their newest change
    verification  a verification in a process of its own: who may ask, how much at once, how long
    rendering  our templates, without `async`
    linked_data  the JSON-LD of claims and records
    functions  the SQL functions, and what no SQL may read
    scanning   which claims a page shows: a stretch of the log at a time
    kept       the kept text of documents, and the search through it
    actions    links from Datasette's own pages to ours
    compat     every difference between Datasette 0.65 and 1.0, and nothing else
    serving    a Datasette as `evidence serve` starts it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from evidence_datasette import (
    actions,
    answering,
    badges,
    compat,
    context,
    functions,
    layout,
    page,
    standing,
    text,
    timeline,
    wording,
)

if TYPE_CHECKING:
    from jinja2 import Environment

__all__: list[str] = []


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Our pages and static files."""
    return page.routes()


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """The filters of our templates."""
    for part in (text, badges, wording, standing, context, timeline, layout):
        env.filters.update(part.FILTERS)


prepare_connection = functions.prepare_connection
menu_links = actions.menu_links
database_actions = actions.database_actions
table_actions = actions.table_actions
row_actions = actions.row_actions
render_cell = actions.render_cell
handle_exception = answering.handle_exception
permission_allowed = compat.permission_allowed
permission_resources_sql = compat.permission_resources_sql
