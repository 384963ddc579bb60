"""Reads the environment once; a wrong value stops the start and says what to write."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.runtime.addresses import own_names
from config.runtime.words import Refusal

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
DATABASE_NAME = "tongxin"
DATABASE_ROLE = "tongxin"
# In DATA_DIR/run: the folder of the sockets where they can't stand in DATA_DIR itself.
SOCKETS_RECORD = "sockets.path"
VALKEY_SOCKET = "valkey.sock"
# sun_path holds 108 bytes with its closing zero; PostgreSQL's name below the folder is the longer.
LONGEST_SOCKETS_FOLDER = 107 - len("/.s.PGSQL.5432")
SHORTEST_SECRET = 32
LAST_PORT = 65535
HOST_NAME = re.compile(r"^\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$|^\[[0-9A-Fa-f:]+\]$|^\*$")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class ConfigurationError(Refusal):
    """A variable of the environment holds something that can't be used."""

    def __init__(self, variable: str, chinese: str, english: str) -> None:
        super().__init__(f"环境变量 {variable} 有误：{chinese}", f"{variable}: {english}")
        self.variable = variable


@dataclass(frozen=True, kw_only=True)
class Environment:
    """How this copy of the site is set up. `None` for a server means: the embedded one."""

    data_dir: Path
    database_url: str | None = None
    redis_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    given_secret_key: str | None = None
    given_allowed_hosts: tuple[str, ...] = ()
    district_name: str = "青浦区"
    time_zone: str = "Asia/Shanghai"
    debug: bool = False

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def static_dir(self) -> Path:
        return self.data_dir / "static"

    @property
    def run_dir(self) -> Path:
        return self.data_dir / "run"

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"

    @property
    def sockets_dir(self) -> Path:
        """Where the embedded servers listen; the start leaves a record when it is elsewhere."""
        record = self.run_dir / SOCKETS_RECORD
        try:
            return Path(record.read_text(encoding="utf-8").strip())
        except (FileNotFoundError, NotADirectoryError):
            return self.data_dir / "sockets"

    @property
    def secret_key(self) -> str:
        """SECRET_KEY, or one made for this folder the first time it is asked for."""
        return self.given_secret_key or _kept_secret(self.data_dir / "secret_key")

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """ALLOWED_HOSTS, or this machine's own names when it serves more than itself."""
        if self.given_allowed_hosts:
            return self.given_allowed_hosts
        return tuple(dict.fromkeys((*LOOPBACK, *own_names(self.host))))

    def database_settings(self) -> dict[str, Any]:
        """The entry of Django's DATABASES; time limits are the settings' business."""
        if self.database_url is None:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": DATABASE_NAME,
                "USER": DATABASE_ROLE,
                "HOST": str(self.sockets_dir),
                "PORT": "5432",
            }
        return _database_entry(self.database_url)

    def broker_url(self) -> str:
        """The address for Celery."""
        if self.redis_url is None:
            return f"redis+socket://{quote(str(self.sockets_dir / VALKEY_SOCKET))}?virtual_host=0"
        if self.redis_url.startswith("unix://"):
            path = self.redis_url.removeprefix("unix://")
            return f"redis+socket://{path.replace('db=', 'virtual_host=')}"
        return self.redis_url

    def redis_client_url(self) -> str:
        """The address for redis-py and Django's cache."""
        return self.redis_url or f"unix://{quote(str(self.sockets_dir / VALKEY_SOCKET))}?db=0"

    def variables(self) -> dict[str, str]:
        """What a process of another folder must be told to use the same servers."""
        database, queue = self.database_url, self.redis_url
        sockets = quote(str(self.sockets_dir))
        return {
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": database
            or f"postgresql://{DATABASE_ROLE}@/{DATABASE_NAME}?host={sockets}",
            "REDIS_URL": queue or f"unix://{sockets}/{VALKEY_SOCKET}?db=0",
        }


def load(environ: Mapping[str, str] | None = None) -> Environment:
    """The environment, checked. An empty variable counts as absent. Raises ConfigurationError."""
    given = os.environ if environ is None else environ

    def read(name: str, check: Callable[[str], T], default: T) -> T:
        text = given.get(name, "").strip()
        return check(text) if text else default

    return Environment(
        data_dir=read("DATA_DIR", _data_dir, ROOT / "var"),
        database_url=read("DATABASE_URL", _database_url, None),
        redis_url=read("REDIS_URL", _redis_url, None),
        host=read("BIND_HOST", _host, "127.0.0.1"),
        port=read("PORT", _port, 8000),
        given_secret_key=read("SECRET_KEY", _secret_key, None),
        given_allowed_hosts=read("ALLOWED_HOSTS", _allowed_hosts, ()),
        district_name=read("DISTRICT_NAME", _district_name, "青浦区"),
        time_zone=read("TIME_ZONE", _time_zone, "Asia/Shanghai"),
    )


def _data_dir(text: str) -> Path:
    folder = Path(text).expanduser()
    folder = folder if folder.is_absolute() else ROOT / folder
    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(
            "DATA_DIR",
            f"{folder} 是文件，不是文件夹。请填写文件夹，例如 DATA_DIR=/srv/tongxin",
            f"{folder} is a file, not a folder. Write a folder, for example DATA_DIR=/srv/tongxin",
        )
    return folder


def _database_url(text: str) -> str:
    url = urlsplit(text)
    port = _port_of(url.netloc)
    if url.scheme in {"postgres", "postgresql"} and url.path.strip("/") and port is not None:
        return text
    raise ConfigurationError(
        "DATABASE_URL",
        "应写作 postgresql://用户:密码@主机:5432/数据库；留空则使用自带的数据库",
        "write postgresql://user:password@host:5432/database, "
        "or leave it empty for the embedded one",
    )


def _port_of(netloc: str) -> int | None:
    """The port written in an address, 0 when there is none, None when it is no port."""
    digits = re.search(r":([^:\]@]*)$", netloc.rpartition("@")[2])
    if digits is None:
        return 0
    is_port = digits[1].isascii() and digits[1].isdigit() and int(digits[1]) <= LAST_PORT
    return int(digits[1]) if is_port else None


def _database_entry(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        **({"OPTIONS": options} if options else {}),
    }


def _redis_url(text: str) -> str:
    url = urlsplit(text)
    served = url.scheme in {"redis", "rediss"} and url.hostname and _port_of(url.netloc) is not None
    if served or (url.scheme == "unix" and url.path.strip("/")):
        return text
    raise ConfigurationError(
        "REDIS_URL",
        "应写作 redis://:密码@主机:6379/0 或 unix:///路径/redis.sock?db=0；留空则使用自带的队列服务",
        "write redis://:password@host:6379/0 or unix:///path/redis.sock?db=0, "
        "or leave it empty for the embedded one",
    )


def _host(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_.:-]+", text):
        return text
    raise ConfigurationError(
        "BIND_HOST",
        f"“{text}”不是地址。只供本机使用请写 127.0.0.1，供局域网使用请写 0.0.0.0",
        f'"{text}" is no address. Write 127.0.0.1 for this machine, 0.0.0.0 for the network',
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT:
        return int(text)
    raise ConfigurationError(
        "PORT",
        f"“{text}”不是端口号。请写 1 到 65535 之间的整数，例如 PORT=8000",
        f'"{text}" is no port. Write a whole number from 1 to 65535, for example PORT=8000',
    )


def _secret_key(text: str) -> str:
    if len(text) >= SHORTEST_SECRET and len(set(text)) >= 5:
        return text
    raise ConfigurationError(
        "SECRET_KEY",
        f"太短或太简单，至少要 {SHORTEST_SECRET} 个字符。"
        "留空则自动生成；也可用 openssl rand -base64 48 生成一个",
        f"too short or too simple, {SHORTEST_SECRET} characters at least. "
        "Leave it empty to have one made, or make one with: openssl rand -base64 48",
    )


def _kept_secret(path: Path) -> str:
    """The secret in `path`, made first if absent. Web and worker may ask at the same moment."""
    try:
        return _secret_key(path.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        pass
    except ConfigurationError:
        raise ConfigurationError(
            "SECRET_KEY",
            f"文件 {path} 中的密钥不完整。删除该文件后重新启动会生成新的（用户需重新登录）",
            f"the key kept in {path} is not whole. Delete the file and start again "
            "to have a new one made (everybody signs in again)",
        ) from None
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = path.with_name(f".secret_key.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(mine, path)  # refuses when another process was faster: one key for all
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    return _secret_key(path.read_text(encoding="utf-8").strip())


def _allowed_hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    wrong = next((host for host in hosts if not HOST_NAME.match(host)), None)
    if hosts and wrong is None:
        return hosts
    raise ConfigurationError(
        "ALLOWED_HOSTS",
        f"“{wrong or text}”不是主机名。请只写主机名或地址，用逗号分开，"
        "不带 http:// 和端口，例如 ALLOWED_HOSTS=tongxin.example,10.1.2.3",
        f'"{wrong or text}" is no host name. Write names or addresses only, with commas '
        "between, without http:// and port, for example ALLOWED_HOSTS=tongxin.example,10.1.2.3",
    )


def _district_name(text: str) -> str:
    if len(text) <= 20 and text.isprintable():
        return text
    raise ConfigurationError(
        "DISTRICT_NAME",
        "最多 20 个字，例如 DISTRICT_NAME=青浦区",
        "20 characters at most, for example DISTRICT_NAME=青浦区",
    )


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise ConfigurationError(
            "TIME_ZONE",
            f"没有“{text}”这个时区。请写 TIME_ZONE=Asia/Shanghai",
            f'there is no time zone "{text}". Write TIME_ZONE=Asia/Shanghai',
        ) from None
    return text
