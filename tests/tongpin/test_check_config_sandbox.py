"""`tongpin check-config` says that a site is a sandbox: its real alarms would ring as exercises do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.site import example_site_path
from tongpin.main import app


@pytest.mark.parametrize(("marked", "told"), [("false", 0), ("true", 1)])
def test_a_sandbox_is_told_of_on_stderr(marked: str, told: int, tmp_path: Path) -> None:
    """The settings are good either way, and stdout is the same one line."""
    site = tmp_path / "site.toml"
    text = example_site_path().read_text(encoding="utf-8")
    site.write_text(text.replace("exercise = false", f"exercise = {marked}"), encoding="utf-8")
    ran = CliRunner().invoke(app, ["check-config", str(site)])
    assert (ran.exit_code, ran.stdout) == (0, f"{site}: good settings for: site\n")
    assert ran.stderr.count("every alarm is marked as an exercise") == told
