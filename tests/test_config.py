"""Settings from the environment: complete, or refused with a sentence."""

from pathlib import Path

import pytest

from app.config import ConfigurationRefused, from_environment

WHOLE = {
    "DATABASE_URL": "postgres://talka@db/talka",
    "REDIS_URL": "redis://queue:6379/0",
    "SECRET_KEY": "x" * 32,
}


def test_without_anything_everything_is_embedded(tmp_path: Path) -> None:
    settings = from_environment({"TALKA_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/talka.db"
    assert settings.redis_url.startswith("unix://")
    assert len(settings.secret_key) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_the_secret_made_at_the_first_start_is_kept(tmp_path: Path) -> None:
    first = from_environment({"TALKA_HOME": str(tmp_path)})
    assert from_environment({"TALKA_HOME": str(tmp_path)}).secret_key == first.secret_key


def test_a_database_of_ones_own_is_spoken_to_by_psycopg(tmp_path: Path) -> None:
    settings = from_environment(WHOLE | {"KEY_STORE": str(tmp_path)})
    assert settings.database_url == "postgresql+psycopg://talka@db/talka"


@pytest.mark.parametrize("missing", ["REDIS_URL", "SECRET_KEY", "KEY_STORE"])
def test_what_two_machines_must_share_has_to_be_said(missing: str, tmp_path: Path) -> None:
    environment = WHOLE | {"KEY_STORE": str(tmp_path)}
    del environment[missing]
    with pytest.raises(ConfigurationRefused, match=f"{missing} is missing"):
        from_environment(environment)


@pytest.mark.parametrize(
    ("name", "silly"),
    [
        ("DATABASE_URL", "mysql://db/talka"),
        ("REDIS_URL", "http://queue"),
        ("SECRET_KEY", "short"),
        ("SITE_ADDRESS", "talka.example"),
        ("SITE_ADDRESS", "https://talka.example/path"),
        ("LANGUAGES", "lv,de"),
        ("LANGUAGES", " , "),
        ("TIME_ZONE", "Europe/Atlantis"),
        ("MAIL_SERVER", "mail.example"),
        ("MAIL_TLS", "perhaps"),
        ("PORT", "eighty"),
        ("TRUSTED_PROXIES", "-1"),
        ("DEMO", "maybe"),
    ],
)
def test_a_silly_setting_is_refused_with_a_sentence_that_names_it(
    name: str, silly: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationRefused, match=name):
        from_environment(WHOLE | {"KEY_STORE": str(tmp_path), name: silly})
