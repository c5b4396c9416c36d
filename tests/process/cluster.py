"""A PostgreSQL cluster of one test's own, which may be stopped under the hall's feet as a machine that fails stops it.

Unlike that of scripts/test-pg it keeps what it promised: a commit that was answered is in its log."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{place}'
max_connections = 100
fsync = off  # the machine itself stays up: what was written is there, whether or not the disk has it
"""


class Cluster:
    """Reached by a socket in a temporary folder; `address` is that of an empty database in it."""

    def __init__(self) -> None:
        # In /tmp, because the path of a socket may have 107 characters only.
        self.place = Path(tempfile.mkdtemp(prefix="moothall-pg.", dir="/tmp"))
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.place, "postgres")
        self.place.chmod(0o711)
        self.data = self.place / "data"
        self._do("initdb", "-D", self.data, "--username=postgres", "--auth=trust", "--encoding=UTF8",
                 "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(place=self.place))
        self.start()
        self._do("createdb", "-h", self.place, "-U", "postgres", "moothall")
        self.address = f"postgresql://postgres@/moothall?host={str(self.place).replace('/', '%2F')}"

    def start(self) -> None:
        self._do("pg_ctl", "start", "-D", self.data, "-l", self.place / "log", "--wait", "--silent")

    def stop(self, how: str) -> None:
        """`fast` ends what is under way, `immediate` is a crash: the next start recovers from the log."""
        self._do("pg_ctl", "stop", "-D", self.data, f"--mode={how}", "--silent")

    def close(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.place, ignore_errors=True)

    def _do(self, name: str, *words: str | Path) -> None:
        program = shutil.which(name) or max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        by = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        # What pg_ctl starts keeps its output open: nobody may wait for the end of it.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run([*by, program, *words], cwd="/", stdout=said, stderr=said, check=False)
            said.seek(0)
            assert done.returncode == 0, said.read().decode(errors="replace")
