"""How a case is read in a browser: a plugin of Datasette. Nothing writes but `recording/`.

Datasette shows the tables. This adds the pages that tables can't give, under the database:

    /DB/-/claims              the home of the case: every claim and what it rests on
    /DB/-/status              what is left to do, and by which command (`evidence status`)
    /DB/-/claim/REF           one claim, resolved to its chain (`evidence resolve`)
    /DB/-/record/REF          one record of any kind (`evidence show`)
    /DB/-/document/REF        one preserved file, its text and the passages in it
    /DB/-/file/REF            that file as an attachment, if it is not withheld
    /DB/-/page/REF/N          page N of that file, drawn as it is asked for
    /DB/-/picture/DIGEST      what a passage looks like on its page
    /DB/-/proofs/REF          proofs of a claim and of what speaks to it, to be checked elsewhere
    /DB/-/search?q=WORDS      claims, passages and whole documents
    /DB/-/proofread           an article that is sent, each quotation of it looked up; not kept
    /DB/-/verify?of=REF       the checks of `evidence verify`, run here; of all without `of`
    /DB/-/log                 the log, its checkpoints and who signed them
    /DB/-/log/N               one entry, and the proof that it stands in the log
    /DB/-/pick/REF            how words that were selected in a document match it; JSON alone
    /DB/-/begin/SECRET        the one-time link of who may record (only with `serve --record`)
    /DB/-/review/REF          a review is sent there (only with `serve --record`)
    /DB/-/quote/REF           a passage is sent there (only with `serve --record`)
    /-/databases.json         Datasette's own list, without where cases lie
    /-/evidence/NAME          our style sheet and scripts

REF is a claim's short name, the beginning of an id, or `@N` for entry N. Each page is JSON under
the same address with `.json`: what the command line prints with `--json`, where it has the same.

To add a page, add one file to `pages/` or a folder of it, with a `PAGE` (see `answering/page.py`),
and one template to `templates/evidence/`. Nothing else lists the pages, but `site/`, for those that
readers of an edition get as files.

Whatever runs in the server reads the database through SQLite and never opens `evidence.db` as a
file: to close it would drop the locks of every reader in the process.

    pages/     one file a page: a function from a `View` to the data, which is the JSON too
    asking/    who asks, from where, and what they sent
    recording/ what is recorded in a browser, through the one writer of `evidence_db`
    answering/ what every page shares: how it is asked for and answered, permissions, threads
    claims/    which claims are listed, in what order
    cards/     what speaks to a claim, a card each, made by functions
    graph/     the drawing of a claim, and its timeline
    document/  a document's text and pages with the passages in them
    article/   a proofread article, as its page and the marked copy show it
    report/    a report on a claim, a page by itself, to be printed and signed by people
    words/     what is said to a reader, in words and small marks
    templates/ one template a page, all of which extend `evidence/base.html` and take what they
               share from `evidence/parts/parts.html`; text goes through the filter `shown`
    static/    one style sheet for all pages, and scripts that pages can do without
    site/      the same pages as files of an edition, without a server
    filters    what templates turn values into words with
    actions    links from Datasette's own pages to ours
    serving    a Datasette as `evidence serve` starts it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from evidence_datasette import actions, filters, pages
from evidence_datasette.answering import compat, errors, functions, page
from evidence_datasette.answering.dressing import dress, own_tables
from evidence_datasette.asking.desk import desk_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from jinja2 import Environment

__all__: list[str] = []


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Our pages and static files; those that record only where that was asked for."""
    return page.routes(pages.modules(), records=desk_of(datasette) is not None)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """The filters of our templates."""
    env.filters.update(filters.FILTERS)


@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    """Forms in parts are answered by our pages themselves, which take none."""
    return compat.skip_csrf(scope)


startup = own_tables.startup
extra_css_urls = dress.extra_css_urls
asgi_wrapper = own_tables.asgi_wrapper
prepare_connection = functions.prepare_connection
menu_links = actions.menu_links
database_actions = actions.database_actions
table_actions = actions.table_actions
row_actions = actions.row_actions
render_cell = actions.render_cell
handle_exception = errors.handle_exception
permission_allowed = compat.permission_allowed
permission_resources_sql = compat.permission_resources_sql
