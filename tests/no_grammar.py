"""pytest plugin, loaded before nbval: leave out the grammar of IRIs that nobody here asks for.

jsonschema takes `rfc3987_syntax` when it is there; importing it compiles a grammar, a second in
each process.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
