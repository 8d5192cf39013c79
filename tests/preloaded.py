"""What the lessons import, imported as their kernels would; see tests/forked_kernels.py."""

import builtins
import os
import pkgutil
from importlib import import_module
from types import SimpleNamespace

import helpers

# At their import pandas asks whether a kernel shows its tables, and matplotlib for its backend.
builtins.get_ipython = lambda: SimpleNamespace(kernel=True)
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
KERNEL = ["ipykernel.kernelapp", "ipykernel.ipkernel"]
for name in [*KERNEL, *(m.name for m in pkgutil.walk_packages(helpers.__path__, "helpers."))]:
    if not name.startswith("helpers.teaching"):  # its nbconvert takes as long as all the others
        import_module(name)
del builtins.get_ipython
