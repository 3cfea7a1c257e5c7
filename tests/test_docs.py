"""The examples of the documentation run as they are printed."""

import re

import pytest
from making import ROOT

import negotiation_kit.reckoning as api

PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if "```python" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_example_runs(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    for example in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        if "import dask" in example:
            pytest.importorskip("dask.bag")
        exec(compile(example, page.name, "exec"), {"__name__": "__main__"})


def test_every_function_of_the_library_is_described():
    text = (ROOT / "docs" / "reckoning.md").read_text("utf-8")
    functions = [name for name in api.__all__ if name[0].islower()]

    assert [] == [name for name in functions if f"`{name}(" not in text]
