#!/usr/bin/env python3
"""The panel's yearly Sharpe ratio on the embedded market: sharpe.py PROGRAM [HOURS [SEED ...]].

Runs `carillon demo` for each seed in a throw-away home and reads the hourly equity marks from its
journal. Sharpe = mean / standard deviation of the hourly returns, times sqrt(24 x 365), no interest
subtracted; beside it the same figure for holding every offered coin in equal parts. Only Python's own
library is used.
"""
import json, math, pathlib, sqlite3, statistics, subprocess, sys, tempfile

HOURS_A_YEAR = 24 * 365


def yearly_sharpe(levels):
    """Of a series of hourly levels; 0 where nothing moved."""
    returns = [b / a - 1 for a, b in zip(levels, levels[1:])]
    spread = statistics.stdev(returns)
    return statistics.mean(returns) / spread * math.sqrt(HOURS_A_YEAR) if spread else 0.0


def deepest(levels):
    """The largest fall from an earlier high, as a share."""
    high, worst = levels[0], 0.0
    for level in levels:
        high = max(high, level)
        worst = max(worst, 1 - level / high)
    return worst


def marks(home):
    """(equity, hold everything) at each full hour."""
    with sqlite3.connect(f"file:{home}/journal.sqlite?mode=ro", uri=True) as db:
        rows = db.execute("SELECT body FROM events WHERE kind LIKE 'equityMarked%' ORDER BY seq")
        bodies = [json.loads(body) for (body,) in rows]
    return [float(b["equity"]) for b in bodies], [float(b["holdEverything"]) for b in bodies if b.get("holdEverything") is not None]


def main():
    program, hours = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2160
    seeds = [int(s) for s in sys.argv[3:]] or list(range(1, 11))
    print(f"{hours} hours from each seed; Sharpe a year, from hourly equity marks")
    print(f"{'seed':>5} {'entries':>8} {'return':>9} {'fall':>7} {'Sharpe':>8} {'hold: return':>13} {'Sharpe':>8}")
    panel, holding = [], []
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="carillon-sharpe.") as home:
            run = subprocess.run([program, "demo", "--home", home, "--hours", str(hours), "--seed", str(seed), "--json"],
                                 check=True, capture_output=True, text=True)
            facts = json.loads(run.stdout)
            equity, hold = marks(pathlib.Path(home))
        panel.append(yearly_sharpe(equity))
        holding.append(yearly_sharpe(hold) if len(hold) > 2 else float("nan"))
        print(f"{seed:>5} {facts['entries']:>8} {equity[-1] / equity[0] - 1:>+9.2%} {deepest(equity):>7.2%} {panel[-1]:>+8.2f} "
              f"{(hold[-1] / hold[0] - 1) if hold else float('nan'):>+13.2%} {holding[-1]:>+8.2f}", flush=True)
    if len(panel) > 1:
        middle, error = statistics.median(panel), statistics.stdev(panel) / math.sqrt(len(panel))
        print(f"panel: median {middle:+.2f}, mean {statistics.mean(panel):+.2f} ± {error:.2f} (standard error), from {min(panel):+.2f} to {max(panel):+.2f}; "
              f"hold everything: median {statistics.median(holding):+.2f}")


if __name__ == "__main__":
    main()
