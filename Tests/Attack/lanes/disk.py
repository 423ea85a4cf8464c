"""The home's disk is filled to the last byte: nothing is half written, the program says so, and goes on once there is room."""
import os
import subprocess


def run(ground):
    if ground.clock is None or os.geteuid() != 0:
        ground.count("skipped, it needs root and a C compiler")
        return
    mount = ground.folder / "small"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=72m", "tmpfs", str(mount)], capture_output=True).returncode != 0:
        ground.count("skipped, nothing can be mounted here")
        return
    try:
        fill(ground, mount)
    finally:
        subprocess.run(["umount", "--lazy", str(mount)], check=True)


def fill(ground, mount):
    settings = ground.folder / "carillon.yaml"
    settings.write_text("feeds: {prices: synthetic, seed: 7}\n")
    home = mount / "home"
    common = ["--home", str(home), "--config", str(settings)]
    at = 1_767_571_200
    first = ground.run("cycle", *common, at=at + 7)
    ground.expect(first.returncode == 0, f"the first cycle: exit {first.returncode}, {first.stderr[-200:]}")
    for hour in range(1, 25 if ground.long else 4):
        at += 3_600
        # Without a buffer: what is left in one is written when the file is closed, where nobody expects a full disk.
        with open(mount / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(ground.random.choice([1, 4_096, 65_536])))
            except OSError:
                pass
        for command, second in (("monitor", 5), ("cycle", 7)):
            found = ground.run(command, *common, at=at + second)
            ground.count("starts on a full disk")
            ground.expect(found.returncode in (0, 74), f"{command} on a full disk: exit {found.returncode}, {found.stderr[-200:]}")
        (mount / "ballast").unlink()
        again = ground.run("cycle", *common, at=at + 30)
        ground.expect(again.returncode == 0, f"the cycle with room again: exit {again.returncode}, {again.stderr[-200:]}")
    ground.whole(home, "disk")
