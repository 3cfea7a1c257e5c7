"""The system, but one of its calls fails: every way a disk can let a writing down."""

import os

STEPS = {"mkdir", "open", "write", "fsync", "close", "chmod", "replace", "unlink", "rmdir"}
"""The calls that change something on a disk."""


class Tripping:
    """The system, but one of its calls fails."""

    def __init__(self, number, trip):
        self.left = number
        self.trip = trip
        self.tripped = ""

    def __getattr__(self, name):
        real = getattr(os, name)
        return real if name not in STEPS else lambda *args: self.step(name, real, args)

    def step(self, name, real, args):
        self.left -= 1
        if self.left == -1:
            self.tripped = name
            self.trip(name, real, args)
        return real(*args)


def no_space(name, real, args):
    if name == "write":
        real(args[0], args[1][: len(args[1]) // 2])
    raise OSError(28, "No space left on device")
