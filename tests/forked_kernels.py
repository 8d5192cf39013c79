"""pytest plugin for the build, on Linux: the kernels of the lessons are forks of one process that
has imported what lessons import (tests/preloaded.py), so that no kernel imports it again.

Without CI `make lessons` starts each kernel as JupyterLab does, and so do the browser tests.
"""

import os
from importlib.metadata import EntryPoint
from multiprocessing import forkserver, get_context

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

NAME = "forked"


def pytest_configure(config):
    """Make forks the kernels of this process; pytest loads this before nbval starts any."""
    factory = KernelProvisionerFactory.instance()
    place = EntryPoint(NAME, f"{__name__}:ForkedProvisioner", factory.GROUP_NAME)
    factory.provisioners[NAME] = place
    factory.default_provisioner_name = NAME
    get_context("forkserver").set_forkserver_preload(["tests.preloaded"])


def pytest_unconfigure(config):
    """Wait for the server, or its processor time would not count as this process's."""
    forkserver._forkserver._stop()  # there is no public way


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of the server."""

    async def launch_kernel(self, cmd, *, env, cwd=None, **_):
        """cmd: what would start the kernel as a process of its own."""
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        self.process = ForkedKernel(arguments, cwd, env)
        self.pid = self.process.pid
        return self.connection_info


class ForkedKernel:
    """A kernel with what a provisioner asks of a subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, *asked):
        self._process = get_context("forkserver").Process(target=become_kernel, args=asked)
        self._process.start()
        self.pid = self._process.pid

    def poll(self):
        return self._process.exitcode

    def wait(self):
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)


def become_kernel(arguments, folder, environment):
    """Turn this process into the kernel of a lesson."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(environment)
    if folder:
        os.chdir(folder)
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # it ends when the server ends
    IPKernelApp.launch_instance([*arguments, parent])
