"""Programs that the harness starts: on free ports, with their output in a file, ended with the harness."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 1800


class DidNotStart(Exception):
    """A program that ended, or did not answer in time; says which, with the end of what it printed."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A process with all that it starts. A context: leaving it ends them."""

    def __init__(self, command, log, environment=None, folder=None, stdin=None, stdout=None):
        self.command = [str(part) for part in command]
        self.log = Path(log)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "wb") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=stdin or subprocess.DEVNULL,
                stdout=stdout or output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def await_http(self, url, patience=PATIENCE_SECONDS, accepts=lambda status, body: status == 200):
        """Asks until the answer is accepted, and gives the seconds since the first asking."""
        begun = time.monotonic()
        while not answers(url, accepts):
            self.require_alive()
            if time.monotonic() - begun > patience:
                raise DidNotStart(f"{self.command[0]} did not answer at {url} in {patience} s:\n{self.tail()}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def require_alive(self):
        if self.process.poll() is not None:
            raise DidNotStart(f"{' '.join(self.command)} ended with {self.process.returncode}:\n{self.tail()}")

    def tail(self):
        return self.log.read_text(errors="replace")[-3000:]

    def pids(self):
        return tree(self.process.pid)

    def cpu_seconds(self):
        """User and system time of the processes that live, and of their children that have ended."""
        return sum(cpu_seconds(pid) for pid in self.pids())

    def resident_bytes(self):
        return {command(pid): resident_bytes(pid) for pid in self.pids()}

    def stop(self):
        everything = self.pids()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in everything:
            if pid != self.process.pid and os.path.exists(f"/proc/{pid}"):
                _kill(pid)


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # has ended meanwhile


def answers(url, accepts):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return accepts(answer.status, answer.read().decode(errors="replace"))
    except urllib.error.HTTPError as refusal:
        return accepts(refusal.code, "")
    except OSError:
        return False


def tree(root):
    """A process and all below it."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            fields = _stat(entry)
            if fields:
                children.setdefault(int(fields[1]), []).append(int(entry))
    found, open_ends = [], [root]
    while open_ends:
        pid = open_ends.pop()
        if os.path.exists(f"/proc/{pid}"):
            found.append(pid)
            open_ends += children.get(pid, [])
    return found


def _stat(pid):
    """The fields of /proc/<pid>/stat after the name: state, parent, …; none if it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_seconds(pid):
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def resident_bytes(pid):
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def command(pid):
    """A short name by which a person knows the process."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return str(pid)
    jar = next((Path(word).name for word in words if word.endswith(".jar")), "")
    return f"{pid} {Path(words[0]).name} {jar}".strip()
