"""The lowest versions that pyproject.toml allows, as CI installs them."""

import subprocess
import sys
import tomllib

from making import ROOT
from packaging.requirements import Requirement

SCRIPT = ROOT / "scripts" / "lowest_versions.py"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_each_package_the_kit_imports_is_held_at_the_lowest_version_it_allows():
    told = subprocess.run(
        [sys.executable, SCRIPT], capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    runtime = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["pdf"]]
    runtime += PROJECT["optional-dependencies"]["xlsx"]

    assert [Requirement(each).name for each in runtime] == [Requirement(each).name for each in told]
    for allowed, held in zip(map(Requirement, runtime), map(Requirement, told), strict=True):
        (pinned,) = held.specifier
        assert "==" == pinned.operator
        assert str(allowed.specifier) == f">={pinned.version}"


def test_a_package_without_a_lowest_version_is_refused(tmp_path):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / SCRIPT.name).write_text(SCRIPT.read_text("utf-8"), "utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["click"]\n', "utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "scripts" / SCRIPT.name], capture_output=True, encoding="utf-8", check=False
    )

    assert 1 == done.returncode
    assert "'click' does not say its lowest version alone: write name>=version" in done.stderr
