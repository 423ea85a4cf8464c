"""Import and optimise are killed at random and begun again: the store and the trials are those of an unkilled run."""
import hashlib


def run(ground):
    candles = ground.folder / "BTCUSDT-1h.csv"
    candles.write_text(made_up(ground, 24 * (400 if ground.long else 90)))
    import_(ground, candles)
    optimise(ground, candles)


def made_up(ground, hours):
    """A walk with a coarse tick, so that candles repeat and tie."""
    rows, price = [], 30_000
    for hour in range(hours):
        open_, close = price, max(10_000, price + ground.random.choice([-120, -40, 0, 40, 120]))
        high, low = max(open_, close) + ground.random.choice([0, 40]), min(open_, close) - ground.random.choice([0, 40])
        rows.append(f"{(1_672_531_200 + hour * 3_600) * 1_000},{open_},{high},{low},{close},{ground.random.randrange(1, 99)}")
        price = close
    return "\n".join(rows) + "\n"


def digest(folder):
    return [(path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(folder.rglob("*.candles"))]


def import_(ground, candles):
    twin, store = ground.folder / "twin-store", ground.folder / "store"
    length = ground.duration("candles", "import", str(candles), "--store", str(twin))
    for _ in range(60 if ground.long else 8):
        ground.kill_after(ground.random.uniform(0.002, length * 1.1), "candles", "import", str(candles), "--store", str(store))
    again = ground.run("candles", "import", str(candles), "--store", str(store))
    ground.expect(again.returncode == 0, f"import after kills: exit {again.returncode}, {again.stderr[-200:]}")
    ground.expect(len(digest(twin)) > 1, "import unkilled: nothing was stored")
    ground.expect(digest(twin) == digest(store), "import after kills: the store differs from the unkilled one's")


def optimise(ground, candles):
    twin, home = ground.folder / "twin-lab", ground.folder / "lab"
    command = ["optimise", "trend-following", "--candles", str(candles)]
    length = ground.duration(*command, "--home", str(twin))
    for _ in range(20 if ground.long else 4):
        ground.kill_after(ground.random.uniform(0.01, length), *command, "--home", str(home))
    again = ground.run(*command, "--home", str(home))
    ground.expect(again.returncode == 0, f"optimise after kills: exit {again.returncode}, {again.stderr[-200:]}")
    query = "SELECT count(*) FROM trials"
    ground.expect(ground.rows(twin, query) == ground.rows(home, query), "optimise after kills: another number of trials is on record")
