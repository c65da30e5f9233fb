"""One round of reading, whole, beside lemon24/reader: 200 feeds of 50 entries, 100 searches; CPU of all processes.

    python benchmarks/whole.py [--feeds 200] [--entries 50] [--rounds 3] [--quick] [--json FILE] [--peers FOLDER]

Each round begins with empty databases and takes both through the same four steps, one after the other: everything new (cold),
nothing changed by the server's word (304), one new entry in each feed (new), and the same bodies again from a server that
knows no validators (same). ``reader`` only stores; job-alerts normalises, recognises, matches and owes alerts as well.
Peers are installed into a folder of their own, and never into this environment. Prints medians, the ratio that counts
(reader's CPU / ours) and the floor that it must reach; the exit status is 1 where it does not.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import feeds as made

STEPS = ("cold", "304", "new", "same")
#: reader's CPU / ours, at the least: far enough below what is measured that no busy machine breaks it.
FLOORS = {"cold": 0.13, "304": 0.35, "new": 0.6, "same": 1.8}
READER = ("reader==3.26", "feedparser==6.0.14", "sgmllib3k==1.0.0")
HERE = Path(__file__).parent
READ = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for number in range(int(sys.argv[3])):
    reader.add_feed(f"{sys.argv[2]}/{number}", exist_ok=True)
reader.update_feeds(scheduled=False)
"""


def peer(folder: Path) -> Path:
    """A Python that has ``reader``, made once."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *READER], check=True)
    return python


def _libraries(python: Path | str) -> str:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def server(feeds: int, entries: int) -> Iterator[str]:
    """The address of the feeds, from a process whose time is nobody's."""
    command = [sys.executable, str(HERE / "feeds.py"), str(feeds), str(entries)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def configured(folder: Path, address: str, feeds: int, searches: int) -> Path:
    """A configuration that reads all feeds for so many searches."""
    said = ['[settings]\ndatabase = "a.db"\n[network]\nallow_private = ["127.0.0.1"]\npace = "0s"\n']
    said += [f'[[sources]]\nkind = "rss"\nname = "feed {n}"\nurl = "{address}/{n}"\n' for n in range(feeds)]
    said += [_search(number) for number in range(searches)]
    said += [f'[channels.c]\nkind = "file"\npath = "{folder}/out.jsonl"\n']
    path = folder / "config.toml"
    path.write_text("".join(said), encoding="utf-8")
    return path


def _search(number: int) -> str:
    role, skill = made.ROLES[number % len(made.ROLES)], made.SKILLS[number % len(made.SKILLS)]
    other = made.SKILLS[(number * 7 + 3) % len(made.SKILLS)]
    remote = 'work = ["remote"]\n' if number % 3 == 0 else ""
    return f'[[searches]]\nname = "s{number}"\ntitle = ["{role}"]\nkeywords = ["{skill}", "{other}"]\n{remote}'


def spent(command: list[str], folder: Path) -> tuple[float, float, float]:
    """(CPU seconds of the process and all that it waited for, wall seconds, peak MB of the largest of them)."""
    begun = time.monotonic()
    # Whoever forbids compiled files would have every start compile the libraries anew.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=env)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit((folder / "said.txt").read_text()[-2000:])
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024


def one_round(address: str, args: argparse.Namespace, python: Path) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Step → who → what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        config = configured(here, address, args.feeds, args.searches)
        ours = [str(Path(sys.executable).parent / "job-alerts"), "poll", "--all", "--config", str(config)]
        who = {"ours": ours, "reader": [str(python), "-c", READ, f"{folder}/reader.db", address, str(args.feeds)]}
        found = {}
        for step in STEPS:
            _set(address, "new", int(step in ("new", "same")))
            _set(address, "validators", int(step != "same"))
            found[step] = {name: spent(command, here) for name, command in who.items()}
        return found


def _set(address: str, what: str, value: int) -> None:
    with urllib.request.urlopen(f"{address}/set/{what}/{value}") as answer:
        answer.read()


def table(rounds: list[dict[str, dict[str, tuple[float, float, float]]]]) -> dict[str, dict[str, float]]:
    """Medians and their ratio, step by step."""
    found = {}
    for step in STEPS:
        ours, theirs = ([tuple(each[step][name]) for each in rounds] for name in ("ours", "reader"))
        found[step] = {
            "ours_cpu": statistics.median(cpu for cpu, _, _ in ours),
            "reader_cpu": statistics.median(cpu for cpu, _, _ in theirs),
            "ratio": statistics.median(b[0] / a[0] for a, b in zip(ours, theirs, strict=True)),
            "ours_wall": statistics.median(wall for _, wall, _ in ours),
            "reader_wall": statistics.median(wall for _, wall, _ in theirs),
            "ours_mb": max(peak for _, _, peak in ours),
        }
    return found


def main() -> int:
    """Measure, print, keep."""
    call = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    call.add_argument("--feeds", type=int, default=200)
    call.add_argument("--entries", type=int, default=50)
    call.add_argument("--searches", type=int, default=100)
    call.add_argument("--rounds", type=int, default=3)
    call.add_argument("--quick", action="store_true", help="40 feeds, one round: at most a minute")
    call.add_argument("--json", type=Path)
    call.add_argument("--peers", type=Path, default=Path(sys.prefix) / "peers")
    args = call.parse_args()
    if args.quick:
        args.feeds, args.rounds = 40, 1
    python = peer(args.peers)
    for each in (python, sys.executable):
        subprocess.run([each, "-m", "compileall", "-q", "-j", "1", _libraries(each)], stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "compileall", "-q", HERE.parent / "alerts"], check=True, stdout=subprocess.DEVNULL)
    with server(args.feeds, args.entries) as address:
        found = table([one_round(address, args, python) for _ in range(args.rounds)])
    print(f"{args.feeds} feeds of {args.entries} entries, {args.searches} searches, {args.rounds} rounds; CPU seconds of all")
    print(f"{'':6}  {'ours':>7}  {'reader':>7}  {'ratio':>6}  {'floor':>6}  {'wall':>11}  {'MB':>5}")
    for step, row in found.items():
        wall = f"{row['ours_wall']:.1f} / {row['reader_wall']:.1f}"
        cpu = f"{row['ours_cpu']:7.2f}  {row['reader_cpu']:7.2f}  {row['ratio']:6.2f}"
        print(f"{step:6}  {cpu}  {FLOORS[step]:6.2f}  {wall:>11}  {row['ours_mb']:5.0f}")
    if args.json:
        args.json.write_text(json.dumps({"feeds": args.feeds, "rounds": args.rounds, "steps": found}, indent=1), "utf-8")
    return int(any(found[step]["ratio"] < FLOORS[step] for step in STEPS))


if __name__ == "__main__":
    sys.exit(main())
