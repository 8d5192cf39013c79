"""A class at once: so many learners open lesson 02 on a hub of this machine, run its core and
answer a question.

    make hub-load LEARNERS=40

Starts a hub of its own in a temporary folder, listens on this machine only, and stops it at the
end. Prints how many learners came through without an error, seconds until all were ready, memory
and processor time a learner.
"""

import argparse
import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from helpers.base import folders

LESSON = "02_station_orbit"
HERE = Path(__file__).resolve().parent
LIMIT_S = 1200  # of the whole run: then it stops and says how far it came
AsyncHTTPClient.configure(None, max_clients=100)
# One answer by the way that the page takes: a session of the quiz, in the learner's own kernel.
ANSWER = (
    "from helpers.learning.quiz.session import Session\n"
    f"print(Session({LESSON!r}, question='minutes-together').act('check', 'minutes-together', "
    f"'{{}}')['state'])"
)


def core_cells():
    """Return the sources of the code cells that a class runs: the set-up and all that are tagged
    core.
    """
    notebook = json.loads((folders.lessons() / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    tags = [set(cell["metadata"].get("tags", [])) for cell in code]
    return [
        "".join(cell["source"])
        for i, (cell, own) in enumerate(zip(code, tags))
        if i == 0 or ("core" in own and "raises-exception" not in own)
    ]


class Learner:
    """One learner of the test, by the hub's own interface."""

    def __init__(self, name, port, token):
        self.name, self.base = name, f"127.0.0.1:{port}"
        self.headers = {"Authorization": f"token {token}"}
        self.errors = []

    async def ask(self, path, method="GET", body=None):
        text = None if method in ("GET", "DELETE") else json.dumps(body or {})
        request = HTTPRequest(
            f"http://{self.base}{path}", method, self.headers, text, request_timeout=LIMIT_S
        )
        answer = await AsyncHTTPClient().fetch(request)
        return json.loads(answer.body or b"{}")

    async def start(self):
        """Start the learner's server and wait until it answers."""
        users = f"/hub/api/users/{self.name}"
        await self.ask(users, "POST")
        try:
            await self.ask(f"{users}/server", "POST")
        except HTTPClientError as problem:
            if problem.code != 202:
                raise
        while not (await self.ask(users))["servers"].get("", {}).get("ready"):
            await asyncio.sleep(
                1
            )  # the hub's own stream of events would need a parser; once a second is cheap

    async def work(self, cells, guess):
        """Run the cells and answer with a guess in a kernel of the learner; keep what went
        wrong.
        """
        kernel = await self.ask(f"/user/{self.name}/api/kernels", "POST", {"name": "python3"})
        url = f"ws://{self.base}/user/{self.name}/api/kernels/{kernel['id']}/channels"
        socket_ = await websocket_connect(HTTPRequest(url, headers=self.headers))
        for cell in [*cells, ANSWER.format(guess)]:
            await self.execute(socket_, cell)
        socket_.close()

    async def execute(self, socket_, code):
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": "execute_request", "username": self.name}
        header |= {"session": self.name, "version": "5.3"}
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell"}
        await socket_.write_message(json.dumps(message | {"content": content}))
        while True:
            text = await socket_.read_message()
            if text is None:
                raise ConnectionError("the kernel's connection was closed")
            if isinstance(text, bytes):  # pictures of widgets: nothing that ends a cell
                continue
            got = json.loads(text)
            if got["parent_header"].get("msg_id") != number:
                continue
            if got["msg_type"] == "error":
                self.errors.append(f"{got['content']['ename']}: {got['content']['evalue']}")
            if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                return

    async def take_part(self, cells, guess):
        """Return the seconds until the server was ready, None when something failed."""
        began = time.monotonic()
        try:
            await self.start()
            ready = time.monotonic() - began
            await self.work(cells, guess)
            return ready
        except Exception as problem:  # one learner's trouble must not stop the others
            self.errors.append(repr(problem))
            return None


def used(root):
    """Return (MB, processor seconds) of a process and all below it, shared memory counted once
    (Linux).
    """
    tree, below = {root}, {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below[int(path.name)] = (
            int(fields[1]),
            (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
        )
    grew = True
    while grew:
        more = {pid for pid, (parent, _) in below.items() if parent in tree} - tree
        tree, grew = tree | more, bool(more)
    memory = 0
    for pid in tree:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        memory += int(text.split("\nPss:")[1].split()[0]) / 1000
    return memory, sum(seconds for pid, (_, seconds) in below.items() if pid in tree)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start_hub(folder, port, token):
    """Start the hub of this folder's configuration and return its process, as soon as it
    answers.
    """
    environment = os.environ | {
        "SHARED_ORBITS_HUB": str(folder),
        "SHARED_ORBITS_HUB_PORT": str(port),
        "SHARED_ORBITS_LOAD_TOKEN": token,
    }
    with open(folder / "hub.log", "w", encoding="utf-8") as log:
        command = [sys.executable, "-m", "jupyterhub", "-f", str(HERE / "jupyterhub_config.py")]
        command += [
            f"--JupyterHub.bind_url=http://127.0.0.1:{port}",
            f"--JupyterHub.hub_port={free_port()}",
        ]
        command += [f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}"]
        return subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, cwd=folder, start_new_session=True
        )


async def answering(port, hub):
    """Wait until the hub answers; raise when it ended instead."""
    while hub.poll() is None:
        try:
            return await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/hub/api/")
        except (HTTPClientError, OSError):
            await asyncio.sleep(0.5)
    raise RuntimeError("the hub ended before it answered; its log: hub.log")


def answers_kept(folder):
    """Return {learner: guesses} as the learners' logs on disk hold them."""
    kept = {}
    for log in (folder / "learners").glob("*/progress/log/*.jsonl"):
        events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        guesses = [
            e["raw"]
            for e in map(_payload, events)
            if e.get("question") == "minutes-together" and "raw" in e
        ]
        kept.setdefault(log.parts[-4], []).extend(guesses)
    return kept


def _payload(event):
    return event.get("payload", event)


async def run(learners, folder):
    port, token = free_port(), secrets.token_hex(16)
    hub = start_hub(folder, port, token)
    try:
        await answering(port, hub)
        cells = core_cells()
        everyone = [Learner(f"learner-{i:02}", port, token) for i in range(learners)]
        began = time.monotonic()
        guesses = range(100, 100 + learners)
        ready = await asyncio.wait_for(
            asyncio.gather(*(one.take_part(cells, g) for one, g in zip(everyone, guesses))), LIMIT_S
        )
        whole, (memory, seconds) = time.monotonic() - began, used(hub.pid)
    finally:
        os.killpg(hub.pid, signal.SIGTERM)
        hub.wait(timeout=60)
    kept = answers_kept(folder)
    mixed = [one.name for one, g in zip(everyone, guesses) if kept.get(one.name) != [str(g)]]
    failed = [one for one in everyone if one.errors]
    for one in failed[:5]:
        print(f"{one.name}: {one.errors[0]}")
    print(
        f"{learners - len(failed)} of {learners} learners ran {len(cells)} core cells without an "
        "error; "
        f"answers kept apart: {learners - len(mixed)} of {learners}"
    )
    print(
        f"all servers ready after {max((r for r in ready if r), default=float('nan')):.0f} s, all "
        f"done after {whole:.0f} s; "
        f"{memory / learners:.0f} MB and {seconds / learners:.1f} processor-seconds a learner"
    )
    return 1 if failed or mixed else 0


def main(arguments=None):
    """Run the class and print what it cost; return 0 when nobody had an error and no answers
    mixed.
    """
    parser = argparse.ArgumentParser(prog="make hub-load", description=__doc__.splitlines()[0])
    parser.add_argument("learners", nargs="?", type=int, default=10)
    learners = parser.parse_args(arguments).learners
    with tempfile.TemporaryDirectory(prefix="so-", ignore_cleanup_errors=True) as folder:
        return asyncio.run(run(learners, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
