"""What all tests may ask for."""

import os

import pytest
from hypothesis import settings


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="write the expected texts anew; the diff is to be reviewed")


@pytest.fixture
def update(request):
    """Whether expected texts are written anew instead of compared."""
    return request.config.getoption("--update")


settings.register_profile("quick", max_examples=25, database=None)
settings.register_profile("thorough", max_examples=200, deadline=None)
settings.load_profile("thorough" if os.environ.get("CI") else "quick")
