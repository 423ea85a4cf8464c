"""The demo is ended right before and right after every commit it makes, and goes on: the chain is the unkilled one's."""


def run(ground):
    if ground.drill is None:
        ground.expect(False, "needs --drill PROGRAM, one that was built with --traits Drills")
        return
    ground.program = ground.drill
    hours, seed = ("24", "7") if ground.long else ("3", "7")
    twin = ground.folder / "twin"
    demo = ["demo", "--hours", hours, "--seed", seed, "--json"]
    found = ground.run(*demo, "--home", str(twin))
    ground.expect(found.returncode == 0, f"demo unkilled: exit {found.returncode}, {found.stderr[-200:]}")
    number = 0
    while number < 1_000:
        number += 1
        reached = False
        for moment in ("before", "after"):
            home = ground.folder / f"{number}-{moment}"
            killed = ground.run(*demo, "--home", str(home), CARILLON_KILL=f"commit:{number}:{moment}")
            if killed.returncode == 0:
                continue
            reached = True
            ground.count("kills")
            again = ground.run(*demo, "--home", str(home))
            ground.expect(again.returncode == 0, f"demo after a kill {moment} commit {number}: exit {again.returncode}, {again.stderr[-200:]}")
            ground.same(twin, home, f"commit {number}, {moment}")
        if not reached:
            break
    ground.expect(number > 10, f"the demo made {number - 1} commits only: the kill does not work")
    ground.whole(twin, "demo")
