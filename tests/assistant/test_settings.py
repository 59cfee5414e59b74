"""Settings from a mapping: every one has a default, an empty value is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Settings
from assistant.settings import BadSetting


def test_defaults() -> None:
    """Nothing set: the data folder beside app.py, loopback, the packaged model."""
    settings = Settings.from_env({})
    home = Path(__file__).resolve().parents[2]
    assert settings == Settings()
    assert settings.data_dir == home / "var"
    assert (home / "app.py").is_file()
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.embedding_model is settings.chroma_url is settings.admin_password is None


def test_everything_set() -> None:
    """Each variable has its place."""
    settings = Settings.from_env(
        {
            "ASSISTANT_DATA_DIR": "/tieto",
            "ASSISTANT_EMBEDDING_MODEL": "malli",
            "ASSISTANT_CHROMA_URL": "http://chroma:8000",
            "ASSISTANT_ADMIN_PASSWORD": "salainen",
            "ASSISTANT_HOST": "0.0.0.0",
            "ASSISTANT_PORT": "80",
        }
    )
    assert settings == Settings(Path("/tieto"), "malli", "http://chroma:8000", "salainen", "0.0.0.0", 80)


def test_empty_values_are_none() -> None:
    """A variable set to nothing counts as not set: containers set them so."""
    names = ("DATA_DIR", "EMBEDDING_MODEL", "CHROMA_URL", "ADMIN_PASSWORD", "HOST", "PORT")
    assert Settings.from_env({f"ASSISTANT_{name}": "" for name in names}) == Settings()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5", " 80"])
def test_bad_port(port: str) -> None:
    """The value and what it must be are said."""
    with pytest.raises(BadSetting, match="1–65535"):
        Settings.from_env({"ASSISTANT_PORT": port})


def test_environment_is_read_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at import."""
    monkeypatch.setenv("ASSISTANT_PORT", "7999")
    assert Settings.from_env().port == 7999
    monkeypatch.delenv("ASSISTANT_PORT")
    assert Settings.from_env().port == 7860
