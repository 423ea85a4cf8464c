"""The demo is killed at random moments, over and over, and goes on until it ends: the chain is the unkilled one's."""


def run(ground):
    for round_ in range(12 if ground.long else 2):
        seed = str(ground.random.randrange(1, 10_000))
        demo = ["demo", "--hours", "36" if ground.long else "12", "--seed", seed, "--json"]
        twin, home = ground.folder / f"twin-{round_}", ground.folder / f"killed-{round_}"
        length = ground.duration(*demo, "--home", str(twin))
        for _ in range(60 if ground.long else 12):
            if not ground.kill_after(ground.random.uniform(0.005, length), *demo, "--home", str(home)):
                break
        again = ground.run(*demo, "--home", str(home))
        ground.expect(again.returncode == 0, f"seed {seed}: the demo did not go on, exit {again.returncode}, {again.stderr[-200:]}")
        ground.same(twin, home, f"seed {seed}")
        ground.whole(home, f"seed {seed}")
