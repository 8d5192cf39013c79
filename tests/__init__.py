"""The tests and the tools of the course."""

import tests.no_grammar  # noqa: F401 - whoever imports a part of this leaves the grammar out
