"""A PostgreSQL of the tests' own: from the system's packages, in a folder of its own, gone when they end."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest

from alerts.model.server import Server

#: For a test of what is true of a file only.
A_FILE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PASSWORD = "s3cret-of-the-database"
MISSING = "no PostgreSQL at hand: on Debian and Ubuntu, apt install postgresql; and pip install 'job-alerts[cluster]'"
#: What a crash of the machine would cost is of no matter here.
FAST = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB", "autovacuum_naptime=5s")

_EMPTY = """
SET search_path = {schema};
SET session_replication_role = replica;
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT relname FROM pg_class WHERE relnamespace = '{schema}'::regnamespace
            AND relkind = 'r' AND relname <> 'job_alerts' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
    FOR one IN SELECT relname FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'S' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', one);
    END LOOP;
    IF to_regclass('{schema}.inbox_version') IS NOT NULL THEN INSERT INTO inbox_version VALUES (1, 1); END IF;
END $$
"""


def programs() -> Path | None:
    """Where the newest initdb of this machine lies."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    at = shutil.which("initdb")
    return Path(at).resolve().parent if at else None


class Postgres:
    """One running server."""

    def __init__(self, programs: Path, *settings: str) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="job-alerts-postgres-"))
        self.port = _free_port()
        self._settings = settings
        self._numbers = itertools.count(1)
        self._idle: list[str] = []
        if os.geteuid() == 0:
            user = _other_user()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._call(
            "initdb",
            "-D",
            self.data,
            "-U",
            "alerts",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        self.start()
        self.execute("CREATE DATABASE alerts")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        settings = [
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
            *FAST,
            *self._settings,
        ]
        words = " ".join(f"-c {one}" for one in settings)
        self._call("pg_ctl", "-D", self.data, "-l", str(self.folder / "log"), "-w", "-o", words, "start")

    def stop(self, how: str = "immediate") -> None:
        self._call("pg_ctl", "-D", self.data, "-m", how, "-w", "stop")

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def address(self, schema: str | None = None, *, password: str = PASSWORD, name: str = "alerts") -> str:
        options = f"?options={quote(f'-c search_path={schema}')}" if schema else ""
        return f"postgresql://alerts:{password}@127.0.0.1:{self.port}/{name}{options}"

    def fresh(self, folder: Path) -> Server:
        """An empty schema of its own."""
        name = f"t{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {name}", name="alerts")
        return Server(self.address(name), folder / "beside.db")

    def used(self, folder: Path) -> Server:
        """A schema of our tables that are empty again: making them takes longer than most tests."""
        name = self._idle.pop() if self._idle else f"t{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA IF NOT EXISTS {name}", name="alerts")
        return Server(self.address(name), folder / "beside.db")

    def empty(self, server: Server) -> None:
        """Take every row out, and begin to count anew."""
        name = server.address.rpartition("%3D")[2]
        self.execute(_EMPTY.format(schema=name), name="alerts")
        self._idle.append(name)

    def execute(self, sql: str, name: str = "postgres") -> list[tuple]:
        import psycopg

        with psycopg.connect(self.address(name=name), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def _call(self, program: str, *args: str) -> None:
        command = [str(self._programs / program), *args]
        if os.geteuid() == 0:
            user = _other_user()
            command = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]
        # The server keeps what it inherits: no pipe of ours, or nobody would ever see its end.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", timeout=90, check=False)
            said.seek(0)
            assert done.returncode == 0, said.read().decode()

    def _signal(self, number: signal.Signals) -> None:
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in [main, *map(int, children)]:
            os.kill(process, number)


def _other_user() -> pwd.struct_passwd:
    """The server refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("neither postgres nor nobody is a user of this machine")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
