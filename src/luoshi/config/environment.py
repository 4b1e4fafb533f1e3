"""LUOSHI_* variables in, one checked `Environment` out, or one list of everything that is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import dj_database_url
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .database import PATIENCE

PREFIX = "LUOSHI_"
# Django's own check (security.W009) asks for fifty characters.
SHORTEST_SECRET = 50
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
# The Cybersecurity Law (网络安全法, art. 21) asks for logs of six months at least; no six months are longer.
LOGIN_DAYS = 184
# A scanned report of a hundred pages at 300 dpi, or a dozen photographs of a telephone in one PDF.
EVIDENCE_MB = 50
DATABASES = ("sqlite:///", "postgresql://", "postgres://")


class BadEnvironment(Exception):
    """Everything wrong with the environment, one line each: variable, what is wrong, what to do."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(["luoshi cannot start:", *(f"  {fault}" for fault in faults)]))


def _home() -> Path:
    return Path.home() / ".local" / "share" / "luoshi"


class Environment(BaseSettings):
    """What an office sets, by variable or in the file `luoshi.env` of the folder luoshi is started in."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_file="luoshi.env",
        env_file_encoding="utf-8",
        extra="forbid",
        hide_input_in_errors=True,
    )

    mode: Literal["laptop", "production"] = Field("laptop", description="laptop: this machine only; production: served")
    home: Path = Field(default_factory=_home, description="folder of the database, the key and the files")
    database: str = Field("", description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; empty: in home")
    patience: int = Field(
        PATIENCE, ge=1, description="seconds a writer waits for another, or for the database to answer"
    )
    secret_key: SecretStr | None = Field(None, description="50 random characters or more; a laptop makes its own")
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(LOCAL_HOSTS, description="names served, with commas between")
    language: Literal["zh-hans", "zh-hant", "en"] = Field(
        "zh-hans", description="language of a page nobody chose one for"
    )
    behind_proxy: bool = Field(False, description="a proxy in front ends TLS and sets X-Forwarded-Proto and -For")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level logged")
    boundary_dir: Path | None = Field(None, description="folder of map shapes used instead of the packaged ones")
    require_totp: bool | None = Field(
        None, description="administrators and supervisors need a second factor; not set: in production"
    )
    login_days: int = Field(LOGIN_DAYS, ge=1, description="days that the log of logins is kept")
    evidence_mb: int = Field(EVIDENCE_MB, ge=1, description="megabytes a file of evidence may have")
    lights: str = Field("default", description="rule of lights: default, yichang, suqian, sanming, or a .yaml file")
    oidc_name: str = Field("", description="name of the single sign-on shown on the login page")
    oidc_issuer: str = Field("", description="https address of the OpenID Connect issuer")
    oidc_client: str = Field("", description="client id given by the issuer")
    oidc_secret: SecretStr | None = Field(None, description="client secret given by the issuer")

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(h.strip() for h in value.split(",") if h.strip()) if isinstance(value, str) else value

    @field_validator("database")
    @classmethod
    def _known(cls, value: str) -> str:
        if value and not value.startswith(DATABASES):
            raise ValueError(f"begins with none of {', '.join(DATABASES)}")
        try:
            dj_database_url.parse(value or DATABASES[0])
        except (ValueError, dj_database_url.ParseError):
            # Without the reason: it repeats the address, which may hold a password.
            raise ValueError("is no address of a database; special characters in it must be %-encoded") from None
        return value

    @field_validator("boundary_dir")
    @classmethod
    def _there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("is no folder that can be read")
        return value

    @field_validator("lights")
    @classmethod
    def _lit(cls, value: str) -> str:
        # Here, because what needs no lights need not read them.
        from luoshi.measuring.lights import load

        load(value)
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _https(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("does not begin with https://")
        return value

    @property
    def production(self) -> bool:
        """Served to others: everything that a laptop makes for itself must be given."""
        return self.mode == "production"

    @property
    def totp_required(self) -> bool:
        """Who reaches far needs a second factor: as set, else in production."""
        return self.production if self.require_totp is None else self.require_totp


def _production_faults(given: Environment) -> list[str]:
    if not given.production:
        return []
    secret = given.secret_key.get_secret_value() if given.secret_key else ""
    faults = []
    if len(secret) < SHORTEST_SECRET:
        faults.append(f"{PREFIX}SECRET_KEY: {SHORTEST_SECRET} random characters or more are needed in production")
    if "*" in given.hosts or set(given.hosts) <= set(LOCAL_HOSTS):
        faults.append(f"{PREFIX}HOSTS: name the hosts that are served in production (no *)")
    return faults


def _oidc_faults(given: Environment) -> list[str]:
    parts = {"OIDC_ISSUER": given.oidc_issuer, "OIDC_CLIENT": given.oidc_client, "OIDC_SECRET": given.oidc_secret}
    missing = [name for name, value in parts.items() if not value]
    if not missing or len(missing) == len(parts):
        return []
    return [f"{PREFIX}{name}: missing; single sign-on needs all of {', '.join(parts)}" for name in missing]


def read_environment() -> Environment:
    """The environment luoshi runs in.

    Raises:
        BadEnvironment: with every fault found, not only the first.
    """
    faults = [f"{name}: no such setting" for name in sorted(os.environ) if _unknown(name)]
    try:
        read = Environment()
    except ValidationError as error:
        faults += [_told(e) for e in error.errors()]
        read = _as_far_as_right(error)
    faults += [*_production_faults(read), *_oidc_faults(read)]
    if faults:
        raise BadEnvironment(list(dict.fromkeys(faults)))
    return read


def _unknown(name: str) -> bool:
    return name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in Environment.model_fields


def _as_far_as_right(error: ValidationError) -> Environment:
    """The environment with defaults where it is wrong, so that what does not fit together is found as well."""
    wrong = {str(e["loc"][0]).removeprefix(PREFIX.lower()) for e in error.errors()} & set(Environment.model_fields)
    defaults = {name: Environment.model_fields[name].get_default(call_default_factory=True) for name in wrong}
    try:
        return Environment(**defaults)
    except ValidationError:  # a line of the file that names no setting: the variables alone, then
        return Environment(_env_file=None, **defaults)


def _told(error: Any) -> str:
    """One fault of pydantic in the words of somebody who sets variables; the value itself is never repeated."""
    name = str(error["loc"][0]).removeprefix(PREFIX.lower()).upper()
    if error["type"] == "extra_forbidden":
        return f"{PREFIX}{name}: no such setting"
    return f"{PREFIX}{name}: {error['msg'].removeprefix('Value error, ')}"
