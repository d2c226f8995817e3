"""Fixtures every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from tests.support.broker import Mosquitto, mosquitto_missing

settings.register_profile("tongpin", deadline=None, derandomize=True, database=None)
settings.load_profile("tongpin")  # the same examples on every machine, however busy it is


@pytest.fixture(autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Consoles of a test keep what is typed in a folder of the test's own, never at home."""
    home = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def log_as_at_the_start() -> Iterator[None]:
    """A command run within a test sets up the log for its own process: the next test starts without that."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """One real broker for all tests that do not harm it; topics must be unique to a test."""
    if mosquitto_missing():
        pytest.skip("mosquitto is not installed")
    with Mosquitto(tmp_path_factory.mktemp("mosquitto")) as broker:
        yield broker


@pytest.fixture
def mortal_mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """A real broker of the test's own, to be killed and started again."""
    if mosquitto_missing():
        pytest.skip("mosquitto is not installed")
    with Mosquitto(tmp_path_factory.mktemp("mosquitto")) as broker:
        yield broker
