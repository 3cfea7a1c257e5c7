"""One contender in a process of its own, asked line by line; or one document and the end.

    python worker.py NAME FOLDER            # then lines: make 20 | save DIR | peak
    python worker.py NAME FOLDER once FILE  # one document into a file

Each answer is a line of JSON. Seconds are those of the wall clock and those of the processor.
"""

import json
import sys
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from contenders import CONTENDERS


def main() -> None:
    """Make what is asked for until nobody asks any more."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    contender = CONTENDERS[name](folder)
    if len(sys.argv) > 3:
        Path(sys.argv[4]).write_bytes(contender.make(0))
        return
    print(json.dumps({"ready": True}), flush=True)
    numbers = count()
    for line in sys.stdin:
        asked, _, what = line.strip().partition(" ")
        if asked == "make":
            wall, processor = time.perf_counter(), time.process_time()
            for _ in range(int(what)):
                contender.make(next(numbers))
            told = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
        elif asked == "save":
            number = int(what.partition(" ")[0])
            Path(what.partition(" ")[2]).write_bytes(contender.make(number))
            told = {"saved": number}
        else:
            told = {"peak": peak()}
        print(json.dumps(told), flush=True)


def peak() -> int | None:
    """The most memory this process ever held, in KiB; nothing where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


if __name__ == "__main__":
    main()
