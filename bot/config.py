"""What an operator sets: the environment, read once and checked before anything starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"

MENDS = {
    ENV_FILE: "save it as UTF-8 (in PowerShell: Set-Content -Encoding utf8), readable for the bot",
    "BOT_TOKEN": "ask @BotFather for a token and put BOT_TOKEN=<token> into the environment or into .env",
    "BOT_API_URL": "give the root of a Bot API server, such as https://api.telegram.org",
    "DATABASE_URL": "give sqlite:///gotit.db or postgresql://user:password@host/name",
    "WEBHOOK_URL": "give a public https address such as https://bot.example.org, or leave it out to poll",
    "WEBHOOK_SECRET": "use 1 to 256 characters of A-Z, a-z, 0-9, _ and -, or leave it out",
    "HOST": "give an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them",
    "PORT": "give a port from 1 to 65535 that is free and that the bot may use",
    "SEND_RATE": "give messages per second from 1 to 1000; 30 is Telegram's free limit",
    "LOG_LEVEL": "use DEBUG, INFO, WARNING or ERROR",
    "LOG_FORMAT": "use text or json",
    "ROLE": "use all, web or worker",
}


class ConfigError(Exception):
    """A setting is wrong or missing; the text names the variable and says how to mend it."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable} {problem}: {MENDS.get(variable, 'see .env.example')}")
        self.variable = variable


class Config(BaseModel):
    """Every setting of the bot, with its default; field names are the environment's, in lower case."""

    model_config = ConfigDict(frozen=True)

    bot_token: SecretStr
    bot_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite:///gotit.db")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    metrics_token: SecretStr | None = None
    send_rate: Annotated[int, Field(ge=1, le=1000)] = 30
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    role: Literal["all", "web", "worker"] = "all"

    @field_validator("bot_token", mode="before")
    @classmethod
    def _trimmed(cls, token: object) -> object:
        """Take the line's end away that a file of secrets or a paste brings along."""
        return token.strip() if isinstance(token, str) else token

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("bot_token")
    @classmethod
    def _one_word(cls, token: SecretStr) -> SecretStr:
        """Refuse what cannot stand in a URL's path; Telegram judges the rest."""
        if not token.get_secret_value().replace(":", "").replace("-", "").replace("_", "").isalnum():
            raise ValueError("is not a token")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _header_safe(cls, secret: SecretStr | None) -> SecretStr | None:
        """Telegram takes 1 to 256 of these characters as `secret_token`."""
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("is wrong")
        return secret

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _root(cls, url: str | None) -> str | None:
        if url is None:
            return None
        try:
            parts = urlsplit(url)
        except ValueError:  # brackets that hold no address
            raise ValueError("is not an http(s) address") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or not _has_possible_port(parts):
            raise ValueError("is not an http(s) address")
        if "?" in url or "#" in url:
            raise ValueError("has something after ? or #, but paths are put at its end")
        return url.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _encrypted(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme != "https" and not _is_loopback(urlsplit(url).hostname or ""):
            raise ValueError("must be https")
        return url


class _Environment(BaseSettings, Config):
    """Config as the environment and `.env` give it; an empty variable counts as unset."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        # Editors on Windows put a mark before the first name.
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )


class _DatabaseOnly(BaseSettings):
    """The one setting that Alembic needs: it works without a token."""

    model_config = _Environment.model_config
    database_url: SecretStr = SecretStr("sqlite:///gotit.db")


class _TokenOnly(BaseSettings):
    """The one setting that decides between Telegram and the playground."""

    model_config = _Environment.model_config
    bot_token: SecretStr = SecretStr("")


def read_config() -> Config:
    """Read and check the environment.

    Raises:
        ConfigError: about the first setting that is wrong or missing, or a `.env` that cannot be read.
    """
    try:
        with _readable_file():
            return _Environment()  # type: ignore[call-arg]  # the environment gives the fields
    except ValidationError as error:
        first = error.errors()[0]
        variable = str(first["loc"][0]).upper()
        problem = "is not set" if first["type"] == "missing" else _problem(first["msg"])
        raise ConfigError(variable, problem) from None


def has_token() -> bool:
    """Tell whether the environment or `.env` gives a token: without one there is the playground to run.

    A `.env` that cannot be read may give one: the bot's start then says what is wrong with it.
    """
    try:
        with _readable_file():
            return bool(_TokenOnly().bot_token.get_secret_value().strip())
    except ConfigError:
        return True


def read_database_url() -> str:
    """Read `DATABASE_URL` alone, for Alembic's command line.

    Raises:
        ConfigError: when there is a `.env` that cannot be read.
    """
    with _readable_file():
        return _DatabaseOnly().database_url.get_secret_value()


@contextmanager
def _readable_file() -> Iterator[None]:
    """Say in one line what is wrong with `.env` itself, without a piece of it.

    Raises:
        ConfigError: when it is not text in UTF-8, or may not be read.
    """
    try:
        yield
    except UnicodeDecodeError:
        raise ConfigError(ENV_FILE, "is not text in UTF-8") from None
    except OSError as error:
        raise ConfigError(ENV_FILE, f"cannot be read ({error.strerror or type(error).__name__})") from None


def _problem(message: str) -> str:
    """Turn pydantic's message into the second half of a sentence, without the value (it may be a secret)."""
    return message.removeprefix("Value error, ") if message.startswith("Value error, ") else "is wrong"


def _has_possible_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
