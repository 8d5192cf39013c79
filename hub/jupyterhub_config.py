"""JupyterHub for one class on one machine: sign-in, and for each learner own copies and own
progress.

Run by `make hub`. Settings, as environment variables:
    SHARED_ORBITS_HUB       folder of everything that the hub keeps (default: ~/shared-orbits-hub)
    SHARED_ORBITS_TEACHERS  names with commas: they see what the class answered, and may start
                            and stop servers
    SHARED_ORBITS_HUB_PORT  default 8000
    SHARED_ORBITS_LOAD_TOKEN  set by the load test only: a service that starts learners' servers
"""

import os
import shutil
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

from helpers.learning import copies
from helpers.base import folders

HUB = Path(os.environ.get("SHARED_ORBITS_HUB", "~/shared-orbits-hub")).expanduser().absolute()
LEARNERS, RUNTIME = HUB / "learners", HUB / "r"  # paths of sockets may have 107 characters: r
TEACHERS = {name.strip() for name in os.environ.get("SHARED_ORBITS_TEACHERS", "").split(",")} - {""}
MEMORY_BYTES = 1_000_000_000  # for each process of a learner, where prlimit is there (Linux)
(HUB / "config" / "labconfig").mkdir(parents=True, exist_ok=True)
# JupyterLab's question about news would ask the network and cover a corner of the page.
(HUB / "config" / "labconfig" / "page_config.json").write_text(
    '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}',
    encoding="utf-8",
)


class LessonSpawner(SimpleLocalProcessSpawner):
    """Gives each learner a folder below `learners`."""

    home_dir_template = str(LEARNERS / "{username}")


def before(spawner):
    """Make a learner's folder and copies, and tell the server where answers go."""
    name, home = spawner.user.name, Path(spawner.home_dir)
    for folder in (home, RUNTIME / name):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copies.make(folders.lessons(), home / "my_notebooks")
    copies.wake(home / "my_notebooks")
    spawner.environment = {
        "HOME": str(home),
        "SHARED_ORBITS_HOME": str(home / "progress"),
        "JUPYTER_RUNTIME_DIR": str(RUNTIME / name),
        "JUPYTER_CONFIG_PATH": str(HUB / "config"),
        "OPENBLAS_NUM_THREADS": "1",
        "MPLCONFIGDIR": str(HUB / "matplotlib"),
    }
    if name in TEACHERS:
        spawner.environment[folders.CLASS_LOGS] = str(LEARNERS)
        copies.one(folders.lessons() / "teacher" / "class_results.ipynb", home / "my_notebooks")


c = get_config()  # noqa: F821  JupyterHub gives it to this file
c.JupyterHub.bind_url = f"http://:{os.environ.get('SHARED_ORBITS_HUB_PORT', '8000')}"
c.JupyterHub.db_url = f"sqlite:///{HUB / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(HUB / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(HUB / "proxy.pid")
proxy = os.environ.get("SHARED_ORBITS_PROXY") or shutil.which("configurable-http-proxy")
if proxy:
    c.ConfigurableHTTPProxy.command = [proxy]

c.JupyterHub.template_vars = {
    "announcement_login": "The first time, choose a name and a password: "
    "they are yours from then on."
}
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.dbm_path = str(HUB / "passwords.dbm")
c.FirstUseAuthenticator.create_users = True
c.Authenticator.allow_all = True
c.Authenticator.admin_users = TEACHERS

c.JupyterHub.spawner_class = LessonSpawner
c.Spawner.pre_spawn_hook = before
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/lab/tree/my_notebooks/00_start_here.ipynb"
c.Spawner.start_timeout = c.Spawner.http_timeout = (
    180  # forty at once take two minutes on two cores
)
c.Spawner.cmd = [str(Path(sys.executable).parent / "jupyterhub-singleuser")]
if shutil.which("prlimit"):
    c.Spawner.cmd = ["prlimit", f"--data={MEMORY_BYTES}", *c.Spawner.cmd]
c.Spawner.args = [
    # Two kernels of forty may pick the same TCP port; files as sockets cannot collide.
    "--KernelManager.transport=ipc",
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--MappingKernelManager.cull_interval=300",
]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    c.Spawner.args.append("--allow-root")  # in a container; else give the hub a user of its own

CULL = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=1800", "--cull-every=300"
        ],
    }
]  # fmt: skip
c.JupyterHub.load_roles = [{"name": "idle-culler", "scopes": CULL, "services": ["idle-culler"]}]
token = os.environ.get("SHARED_ORBITS_LOAD_TOKEN")
if token:
    c.JupyterHub.services.append({"name": "load", "api_token": token})
    scopes = ["admin:users", "admin:servers", "access:servers"]
    c.JupyterHub.load_roles.append({"name": "load", "scopes": scopes, "services": ["load"]})
