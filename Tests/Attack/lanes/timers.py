"""Cycle and monitor as the timers start them, in frozen minutes, each killed several times before it may end: the home
comes to what its unkilled twin comes to."""


def run(ground):
    if ground.clock is None:
        ground.count("skipped, there is no C compiler")
        return
    hours, kills = (8, 4) if ground.long else (1, 1)
    settings = ground.folder / "carillon.yaml"
    settings.write_text(f"feeds: {{prices: synthetic, seed: {ground.random.randrange(1, 10**6)}}}\n")
    twin, home = ground.folder / "twin", ground.folder / "killed"
    began = 1_767_571_200 + 3_600 * ground.random.randrange(0, 2_000)
    places = lambda folder: ["--home", str(folder), "--config", str(settings)]
    lengths = {"monitor": 0.08, "cycle": 0.3}
    # Each minute, as the audit wants it; the last one ends with a cycle, which brings the CSV files up to the journal.
    for minute in range(hours * 60 + 1):
        for command in ["monitor"] + (["cycle"] if minute % 60 == 0 else []):
            at = began + minute * 60 + (5 if command == "monitor" else 7)
            lengths[command] = max(lengths[command] / 2, ground.duration(command, *places(twin), at=at))
            for _ in range(kills):
                ground.kill_after(ground.random.uniform(0.003, lengths[command] * 1.1), command, *places(home), at=at)
            last = ground.run(command, *places(home), at=at)
            ground.expect(last.returncode == 0, f"{command} at minute {minute} after kills: exit {last.returncode}, {last.stderr[-200:]}")
            ground.count("steps")
    ground.same(twin, home, "timers")
    ground.whole(home, "timers")
