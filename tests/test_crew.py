"""Worker processes: what ends one ends neither its fellows nor us."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from making import ROOT

from negotiation_kit.crew import Crew, Lost
from negotiation_kit.problems import Refused

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends processes as Linux and macOS do")


class Worker:
    """Doubles numbers; some of them it cannot bear."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __call__(self, job: int) -> int:
        if job == 13:
            os.kill(os.getpid(), signal.SIGKILL)
        once = Path(self._folder, "seven")
        if job == 7 and not once.exists():
            once.touch()
            os._exit(3)
        if job == 5:
            raise ValueError("five")
        return 2 * job


class Stillborn:
    def __init__(self) -> None:
        os._exit(4)

    def __call__(self, job: int) -> int:
        return job


def test_every_job_has_its_result_whatever_ends_the_workers(tmp_path):
    with Crew(2, Worker, str(tmp_path)) as crew:
        found = dict(crew.results(range(1, 16)))

    assert {job: 2 * job for job in range(1, 16) if job not in {5, 13}} == {
        job: told for job, told in found.items() if not isinstance(told, Lost)
    }
    assert "ValueError: five" == str(found[5])
    assert "the process was ended by the system (SIGKILL)" == str(found[13])


@pytest.mark.slow
def test_jobs_are_drawn_as_workers_come_free(tmp_path):
    drawn: list[int] = []

    def jobs():
        for job in range(20, 40):
            drawn.append(job)
            yield job

    with Crew(2, Worker, str(tmp_path)) as crew:
        for done, _ in enumerate(crew.results(jobs()), start=1):
            assert len(drawn) <= done + 4  # two under way, two ready


def test_nobody_is_started_for_no_work(tmp_path):
    with Crew(2, Worker, str(tmp_path)) as crew:
        assert [] == list(crew.results([]))
        assert () == crew.processes


@pytest.mark.slow
def test_no_more_workers_than_jobs(tmp_path):
    with Crew(8, Worker, str(tmp_path)) as crew:
        for _ in crew.results([1]):
            assert 1 == len(crew.processes)


@pytest.mark.slow
def test_workers_that_cannot_start_are_told():
    with pytest.raises(Refused, match="cannot be started: the process ended with code 4"), Crew(2, Stillborn) as crew:
        list(crew.results([1, 2]))


@pytest.mark.slow
def test_after_a_stop_what_is_under_way_is_still_told_and_nothing_else_is_begun(tmp_path):
    found = []
    with Crew(2, Worker, str(tmp_path)) as crew:
        for job, _ in crew.results(range(20, 90)):
            found.append(job)
            crew.stop()

    assert 1 <= len(found) <= 4


def test_workers_end_when_the_one_they_work_for_is_killed(tmp_path):
    script = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from negotiation_kit.crew import Crew\n"
        "from test_crew import Worker\n"
        "if __name__ == '__main__':\n"
        f"    with Crew(2, Worker, {str(tmp_path)!r}) as crew:\n"
        "        for _ in crew.results(iter(range(20, 10**9))):\n"
        "            print(*crew.processes, flush=True)\n"
    )
    path = tmp_path / "killed.py"
    path.write_text(script, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    workers = []
    while len(workers) < 2:
        workers = [int(each) for each in process.stdout.readline().split()]
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    until = time.monotonic() + 30
    while any(alive(each) for each in workers):
        assert time.monotonic() < until
        time.sleep(0.05)


def alive(process: int) -> bool:
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, encoding="utf-8", check=False)
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")
