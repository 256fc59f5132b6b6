#!/usr/bin/env bash
# A page with templates: a selector finds paragraphs that no reader sees, and not those they see.
#
# With:     turbohtml 1.15.4 (Python), run 2026-11-27
# Guess:    select("p") finds what querySelectorAll("p") finds in a browser: the paragraphs of the
#           page, and none in a <template>, whose content is a document of its own (HTML Standard,
#           4.12.3). A shadow root that the markup declares is reached by shadow_root.
# It does:  the paragraph in the <template> is selected, as if it were one of the page. The text of
#           a shadow root that is closed, which browsers show, is in neither text nor shadow_root.
# Matters:  text drawn by selectors has a sentence that isn't shown, and lacks one that is. Leave
#           out what lies below "template", and parse with allow_declarative_shadow_roots=False.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check turbohtml==1.15.4

seen=$(venv/bin/python - <<'PYTHON'
from turbohtml import parse

page = parse(
    "<!doctype html><p>The firm answered.</p>"
    "<template><p>The firm did not answer.</p></template>"
    "<div><template shadowrootmode=closed><p>It was asked twice.</p></template></div>"
)
print([one.text for one in page.select("p")])
print(page.select_one("div").shadow_root, "asked" in page.text)
PYTHON
)
expected="['The firm answered.', 'The firm did not answer.']
None False"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
