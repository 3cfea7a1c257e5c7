"""What all tests may ask for."""

import pytest


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="write the expected texts anew; the diff is to be reviewed")


@pytest.fixture
def update(request):
    """Whether expected texts are written anew instead of compared."""
    return request.config.getoption("--update")
