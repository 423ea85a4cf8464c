"""The lanes, in the order they run. Each module has `run(ground) -> None`: it calls `ground.expect` for what must hold."""
