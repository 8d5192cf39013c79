"""What the lessons import, imported as their kernels would, and what each of them reads and draws
first; see tests/forked_kernels.py.
"""

import builtins
import os
import pkgutil
from contextlib import suppress
from importlib import import_module
from types import SimpleNamespace

import helpers

# At their import pandas asks whether a kernel shows its tables, and matplotlib for its backend.
builtins.get_ipython = lambda: SimpleNamespace(kernel=True)
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
KERNEL = ["ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger"]
for name in [*KERNEL, *(m.name for m in pkgutil.walk_packages(helpers.__path__, "helpers."))]:
    if not name.startswith("helpers.teaching"):  # its nbconvert takes as long as all the others
        import_module(name)
del builtins.get_ipython


def warm_up():
    """Keep what every lesson needs: data described, questions checked, fonts of a drawing."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from helpers.figures import page
    from helpers.learning.quiz import bank
    from helpers.tables import sources, yaml_files

    with suppress(yaml_files.FileError):  # the lesson says what is wrong
        sources.claims()
        bank.load("00_start_here")
    with rc_context(page.STYLE):
        fig = Figure()
        fig.subplots().set(title="Title", xlabel="label")
        page.png(fig)


warm_up()
