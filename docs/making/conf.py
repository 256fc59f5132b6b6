"""How Sphinx makes the handbook: `make handbook`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "evidence-chain"
html_title = "evidence-chain: the handbook"
language = "en"
extensions = ["myst_parser", "self_contained"]
exclude_patterns = ["making"]
myst_heading_anchors = 4
nitpicky = True
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
