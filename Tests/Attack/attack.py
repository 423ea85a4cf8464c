#!/usr/bin/env python3
"""attack.py PROGRAM [--drill PROGRAM] [--long] [--seed N] [LANE...]: kills, copies, full disks, each bounded and in a scratch folder of its own.
What must hold afterwards: one chain, no order twice, a clean audit, whole files. Ends with 1 where something did not."""
import argparse
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ground import Ground

LANES = ["commits", "demo", "timers", "copies", "disk", "lab"]


def told_clock(folder: Path) -> Path | None:
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "told_clock.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, Path(__file__).with_name("told_clock.c")], check=True)
    return library


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("lanes", nargs="*", metavar="LANE", help=", ".join(LANES))
    arguments.add_argument("--drill", help="the program built with --traits Drills, for the lane commits")
    arguments.add_argument("--long", action="store_true", help="the whole lanes, minutes each")
    arguments.add_argument("--seed", type=int, default=1)
    told = arguments.parse_args()
    unknown = [name for name in told.lanes if name not in LANES]
    if unknown:
        arguments.error(f"there is no lane {unknown[0]}; lanes: {', '.join(LANES)}")
    folder, faults = Path(tempfile.mkdtemp(prefix="carillon-attack.")), 0
    clock = told_clock(folder)
    for name in told.lanes or LANES:
        began = time.monotonic()
        ground = Ground(str(Path(told.program).resolve()), folder / name, clock, told.seed, told.long)
        ground.drill = str(Path(told.drill).resolve()) if told.drill else None
        try:
            importlib.import_module(f"lanes.{name}").run(ground)
        except Exception as error:  # a lane that breaks off is a fault of the program or of the lane, and never silence
            ground.expect(False, f"broke off: {type(error).__name__}: {error}")
        counts = ", ".join(f"{count} {what}" for what, count in ground.counts.items())
        print(f"{name:<8} {len(ground.faults)} faults · {counts} · {time.monotonic() - began:.0f} s", flush=True)
        for fault in ground.faults[:10]:
            print(f"    {fault}")
        faults += len(ground.faults)
    if faults:
        print(f"kept for a look: {folder}")
    else:
        shutil.rmtree(folder)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
