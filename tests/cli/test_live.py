"""`sphinx-mecfs live` shows what was saved, soon after, and never what an earlier build has left behind."""

import http.client
import os
import signal
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec

import pytest
from changing import change

pytestmark = pytest.mark.skipif(find_spec("sphinx_autobuild") is None, reason="the extra `live` is not installed")


class Server:
    """A running server and what it says."""

    def __init__(self, folder, port):
        self.address = f"http://127.0.0.1:{port}/"
        command = [sys.executable, "-m", "sphinx_mecfs", "live", ".", "--port", str(port), "--out", "site"]
        self.log = (folder / "log.txt").open("w", encoding="utf-8")
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log)

    def page(self, name):
        try:
            with urllib.request.urlopen(self.address + name, timeout=5) as answer:
                return answer.read().decode()
        except (OSError, http.client.HTTPException):
            # Nothing is served yet, or the page is being written at this moment.
            return ""

    def wait_for(self, name, words, saved=None, longest=120):
        """Wait until a page says something; fail where it never does.

        `saved` is a file that is saved again every few seconds, since what is saved before the folder is watched is
        missed: a page is served a little earlier.
        """
        start = last = time.monotonic()
        while words not in self.page(name):
            assert time.monotonic() - start < longest, (name, words)
            assert self.process.poll() is None
            if saved is not None and time.monotonic() - last > 5:
                saved.touch()
                last = time.monotonic()
            time.sleep(0.05)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        self.log.close()


@pytest.fixture
def server(base, unused_port):
    server = Server(base, unused_port)
    yield server
    server.stop()


@pytest.fixture
def unused_port():
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_saved_card_an_entry_and_a_mistake_are_shown(base, server):
    page = "studies/alpha-2001.html"
    server.wait_for(page, "Three people were treated.")
    change(base / "studies/alpha-2001.md", "Three people were treated.", "Three persons were treated.")
    server.wait_for(page, "Three persons were treated.", saved=base / "studies/alpha-2001.md")
    change(base / "refs.bib", "TNF-α and β2-receptors in three people", "Another title")
    server.wait_for(page, "Another title")
    change(base / "studies/alpha-2001.md", ":design: case-series", ":design: case-serie")
    server.wait_for(page, "This evidence card cannot be shown")
    change(base / "studies/alpha-2001.md", ":design: case-serie", ":design: case-series")
    server.wait_for(page, "Another title")
    assert "unknown design 'case-serie'; did you mean" in (base / "log.txt").read_text(encoding="utf-8")
    # A page that is asked for while it is written ends in a message of the server; nothing of ours does.
    assert "/sphinx_mecfs/" not in (base / "log.txt").read_text(encoding="utf-8")
