"""Many copies at once on one home, commands of a person among them: none spoils it, each ends with a code that is told."""

TOLD = {0, 64, 69, 75}


def run(ground):
    home = ground.folder / "home"
    settings = ground.folder / "carillon.yaml"
    settings.write_text("feeds: {prices: synthetic, seed: 7}\n")
    common = ["--home", str(home), "--config", str(settings)]
    first = ground.run("cycle", *common)
    ground.expect(first.returncode == 0, f"the first cycle: exit {first.returncode}, {first.stderr[-200:]}")
    commands = [["cycle"], ["monitor"], ["status"], ["close", "--all"], ["account", "deposit", "1"], ["halt"], ["resume"],
                ["report", "day"], ["journal", "verify"], ["doctor"], ["breaker", "list"]]
    for _ in range(20 if ground.long else 3):
        started = [(command, ground.start(*command, *common)) for command in
                   (ground.random.choice(commands) for _ in range(24))]
        for command, process in started:
            code = process.wait(timeout=120)
            ground.count("copies")
            ground.expect(code in TOLD or (command[0] == "doctor" and code == 78), f"{' '.join(command)} among copies: exit {code}")
    ground.run("resume", *common)
    ground.whole(home, "copies")
    last = ground.run("monitor", *common)
    ground.expect(last.returncode == 0, f"the monitor afterwards: exit {last.returncode}, {last.stderr[-200:]}")
