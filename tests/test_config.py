"""The environment, read and checked: one sentence for what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.config import Config, ConfigError, has_token, read_config, read_database_url

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no `.env` of this machine takes part."""
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "DATABASE_URL", "PORT", "HOST", "WEBHOOK_URL", "LOG_LEVEL", "ROLE"):
        monkeypatch.delenv(name, raising=False)


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:abc")
    config = read_config()
    assert config.database_url.get_secret_value() == "sqlite:///gotit.db"
    assert config.bot_api_url == "https://api.telegram.org"
    assert (config.send_rate, config.log_level, config.log_format, config.role) == (30, "INFO", "text", "all")
    assert "abc" not in repr(config)


def test_a_line_s_end_and_small_letters_are_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", " 1:abc\n")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    config = read_config()
    assert (config.bot_token.get_secret_value(), config.log_level) == ("1:abc", "DEBUG")


def test_a_file_does_as_well(tmp_path: Path) -> None:
    assert not has_token()
    (tmp_path / ".env").write_text("BOT_TOKEN=1:abc\nDATABASE_URL=postgres://h/d\nSOMETHING_ELSE=1\n")
    assert has_token()
    assert read_config().bot_token.get_secret_value() == "1:abc"
    assert read_database_url() == "postgres://h/d"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN=1:geheim\n# für später\n", encoding=encoding)
    for read in (read_config, read_database_url):
        with pytest.raises(ConfigError, match=r"^\.env is not text in UTF-8: save it") as caught:
            read()
        assert "geheim" not in str(caught.value)
    assert has_token(), "the bot's start says what is wrong, the playground would hide it"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN=1:abc\n")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dotenv.main.DotEnv._get_stream", forbidden)
    with pytest.raises(ConfigError, match=r"^\.env cannot be read \(Permission denied\)"):
        read_config()


def test_a_mark_before_the_first_name_is_borne(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN=1:abc\n", encoding="utf-8-sig")
    assert read_config().bot_token.get_secret_value() == "1:abc"


def test_compose_passes_every_setting_on() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    # A container's own HOST and PORT are the Dockerfile's.
    wanted = {name.upper() for name in Config.model_fields} - {"HOST", "PORT"}
    for name in ("bot", "worker"):
        assert services[name]["environment"].keys() == wanted
    assert services["worker"]["environment"]["ROLE"] == "worker"
    assert "-" in services["bot"]["ports"][0].split(":")[1], "one host port is for one bot"


def test_a_library_s_steps_are_not_logged() -> None:
    program = (
        "from bot import logs; from bot.config import Config; from markdown_it import MarkdownIt;"
        "logs.set_up(Config(bot_token='1:a', log_level='DEBUG')); MarkdownIt().render('# words')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "markdown_it" not in done.stderr


def test_alembic_needs_no_token() -> None:
    assert read_database_url() == "sqlite:///gotit.db"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_TOKEN", None, "is not set"),
        ("BOT_TOKEN", "", "is not set"),
        ("BOT_TOKEN", "1:a/../b", "is not a token"),
        ("PORT", "99999", "is wrong"),
        ("PORT", "eighty", "is wrong"),
        ("SEND_RATE", "0", "is wrong"),
        ("LOG_LEVEL", "LOUD", "use DEBUG"),
        ("ROLE", "king", "use all, web or worker"),
        ("WEBHOOK_URL", "http://bot.example.org", "must be https"),
        ("WEBHOOK_URL", "bot.example.org", "is not an http"),
        ("WEBHOOK_URL", "https://[::1", "is not an http"),
        ("WEBHOOK_URL", "https://bot.example.org/?x=1", "has something after ? or #"),
        ("BOT_API_URL", "https://[nonsense]/", "is not an http"),
        ("BOT_API_URL", "https://api.telegram.org/#a", "has something after ? or #"),
        ("WEBHOOK_SECRET", "with space", "is wrong"),
        ("BOT_API_URL", "ftp://x", "is not an http"),
        ("BOT_API_URL", "http://127.0.0.1:99999", "is not an http"),
        ("BOT_API_URL", "http://127.0.0.1:0", "is not an http"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, words: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:abc")
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        read_config()
    text = str(caught.value)
    assert text.startswith(name)
    assert words in text
    assert "\n" not in text
    if value and name in {"BOT_TOKEN", "WEBHOOK_SECRET"}:
        assert value not in text, "a secret is not repeated"


def test_loopback_may_go_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:abc")
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:8443/")
    assert read_config().webhook_url == "http://127.0.0.1:8443"
