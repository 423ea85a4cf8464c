"""What every lane stands on: a scratch folder, the program as a process, and the questions asked of a home afterwards."""
import csv
import json
import os
import random
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path


class Ground:
    """One lane's folder and tally. `long` is True for the whole lane, False for the short form that every change runs."""

    def __init__(self, program: str, folder: Path, clock: Path | None, seed: int, long: bool):
        self.program, self.folder, self.clock, self.long = program, folder, clock, long
        self.drill: str | None = None
        self.random = random.Random(seed)
        self.faults: list[str] = []
        self.counts: dict[str, int] = {}
        folder.mkdir(parents=True)

    # What is counted and what must hold.

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by

    def expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(fault)

    # The program.

    def environment(self, at: int | None = None, **more: str) -> dict[str, str]:
        """`at`: frozen seconds since 1970."""
        found = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "person"), "LANG": "C.UTF-8", "TZ": "UTC"}
        if at is not None:
            found |= {"LD_PRELOAD": str(self.clock), "TOLD_SECONDS": str(at)}
        return found | more

    def run(self, *arguments: str, at: int | None = None, timeout: float = 300, **more: str) -> subprocess.CompletedProcess:
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, errors="replace", timeout=timeout,
                              stdin=subprocess.DEVNULL, env=self.environment(at, **more))

    def start(self, *arguments: str, at: int | None = None, **more: str) -> subprocess.Popen:
        return subprocess.Popen([self.program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                stdin=subprocess.DEVNULL, env=self.environment(at, **more))

    def kill_after(self, seconds: float, *arguments: str, at: int | None = None, **more: str) -> bool:
        """Starts the program and kills it; True if it was still alive then."""
        process = self.start(*arguments, at=at, **more)
        time.sleep(seconds)
        alive = process.poll() is None
        process.kill()
        process.wait()
        self.count("kills")
        self.count("kills of the living", int(alive))
        return alive

    def duration(self, *arguments: str, at: int | None = None, **more: str) -> float:
        began = time.monotonic()
        found = self.run(*arguments, at=at, **more)
        self.expect(found.returncode == 0, f"{arguments[0]} unkilled: exit {found.returncode}, {found.stderr.strip()[-200:]}")
        return time.monotonic() - began

    # A home afterwards.

    def rows(self, home: Path, query: str) -> list[tuple]:
        connection = sqlite3.connect(f"file:{home}/journal.sqlite?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def head(self, home: Path) -> tuple:
        rows = self.rows(home, "SELECT seq, hex(hash) FROM events ORDER BY seq DESC LIMIT 1")
        return rows[0] if rows else (0, "")

    def whole(self, home: Path, name: str) -> None:
        """The chain verifies, the audit is clean, no order was announced twice, the CSV files have whole rows."""
        verified = self.run("journal", "verify", "--home", str(home), "--json")
        self.expect(verified.returncode == 0, f"{name}: journal verify, exit {verified.returncode}, {(verified.stdout + verified.stderr).strip()[-300:]}")
        twice = self.rows(home, "SELECT json_extract(body, '$.order.id'), count(*) FROM events WHERE kind LIKE 'orderSubmitted%' GROUP BY 1 HAVING count(*) > 1")
        self.expect(not twice, f"{name}: orders announced twice: {twice[:3]}")
        self.count("orders", self.rows(home, "SELECT count(*) FROM events WHERE kind LIKE 'orderSubmitted%'")[0][0])
        for path in sorted(home.glob("logs/*.csv")):
            text = path.read_text()
            widths = {len(row) for row in csv.reader(text.splitlines())}
            self.expect(len(widths) <= 1 and (not text or text.endswith("\n")), f"{name}: {path.name} holds a row that is cut")
        self.expect(not list(home.rglob("*.new")), f"{name}: half-written files are left")

    def same(self, one: Path, other: Path, name: str) -> None:
        """Two homes came to the same chain and the same CSV files."""
        if self.head(one) != self.head(other):
            query = "SELECT kind, key, at, body FROM events ORDER BY seq"
            pairs = zip(self.rows(one, query), self.rows(other, query))
            first = next((f"entry {index + 1}: {str(a)[:160]} and {str(b)[:160]}" for index, (a, b) in enumerate(pairs) if a != b), "one is longer")
            self.expect(False, f"{name}: the chains differ at {first}")
        for path in sorted(one.glob("logs/*.csv")):
            twin = other / "logs" / path.name
            self.expect(twin.exists() and twin.read_bytes() == path.read_bytes(), f"{name}: {path.name} differs")

    def result(self, found: subprocess.CompletedProcess) -> dict:
        try:
            return json.loads(found.stdout.strip().splitlines()[-1])
        except (IndexError, ValueError):
            return {}

    def copy(self, home: Path, name: str) -> Path:
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(home, target)
        return target
