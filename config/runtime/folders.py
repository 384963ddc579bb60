"""The data folder: its parts, their permissions, and where the sockets go."""

import errno
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from config.env import LONGEST_SOCKETS_FOLDER, SOCKETS_RECORD, Environment
from config.runtime.account import Account, reaches
from config.runtime.words import Refusal, reason, say

SCARCE = 32 * 1024 * 1024  # below this the database finds no room for its next two log files
PLENTY = 500 * 1024 * 1024  # below this the database may stop in the middle of a write


def make_ready(environment: Environment) -> None:
    """Makes the folders of DATA_DIR. Raises Refusal where the data folder can't be written."""
    data_dir = environment.data_dir
    try:
        if not data_dir.exists():
            data_dir.mkdir(parents=True)
            # Root's servers run under another account, which must get through to its own folder.
            data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for part in ("media", "log", "run", "static"):
            (data_dir / part).mkdir(mode=0o700, exist_ok=True)
        probe = environment.run_dir / f".probe.{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
        _refuse_files_of_others(data_dir)
    except OSError as error:
        raise _not_writable(data_dir, error) from None


def _refuse_files_of_others(data_dir: Path) -> None:
    """Where root has served a user's folder once, logs are left that the user can't write."""
    for part in ("log", "run", "static", "media"):
        for path in (data_dir / part).iterdir():
            # Another start may have taken its own probe away meanwhile.
            if not os.access(path, os.W_OK) and path.exists():
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _not_writable(data_dir: Path, error: OSError) -> Refusal:
    where = error.filename or data_dir
    return Refusal(
        f"数据文件夹 {data_dir} 无法写入（{where}：{reason(error)}）。请检查它属于当前用户"
        f"（sudo chown -R $(id -un) '{data_dir}'），或用 DATA_DIR 指定另一个文件夹",
        f"the data folder {data_dir} can't be written ({where}: {reason(error)}). Make sure that "
        f"it belongs to this user (sudo chown -R $(id -un) '{data_dir}'), or set DATA_DIR",
    )


def is_full(environment: Environment) -> bool:
    """Whether the database can hardly write any more."""
    return shutil.disk_usage(environment.data_dir).free < SCARCE


def free_space_notice(environment: Environment) -> str | None:
    """A sentence when the disk is nearly full."""
    free = shutil.disk_usage(environment.data_dir).free
    if free >= PLENTY:
        return None
    megabytes = free // (1024 * 1024)
    return say(
        f"注意：磁盘只剩 {megabytes} MB，请尽快清理",
        f"take care: {megabytes} MB are left on the disk",
    )


def give_folder(folder: Path, account: Account | None) -> Path:
    """Makes `folder` and hands it to the account; nobody else may look inside."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None and folder.stat().st_uid != account.uid:
        os.chown(folder, account.uid, account.gid)
    return folder


def make_sockets_folder(environment: Environment, account: Account | None) -> Path:
    """The folder the servers listen in: below DATA_DIR, or a private one with a short name."""
    plain = environment.data_dir / "sockets"
    record = environment.run_dir / SOCKETS_RECORD
    if _suits_sockets(plain) and reaches(account, plain):
        record.unlink(missing_ok=True)
        return give_folder(plain, account)
    elsewhere = _private_folder(environment.data_dir, account)
    record.write_text(f"{elsewhere}\n", encoding="utf-8")
    return elsewhere


def _suits_sockets(folder: Path) -> bool:
    """Short enough for a socket, and no sign that PostgreSQL's list of folders gives a meaning."""
    text = str(folder)
    return len(os.fsencode(text)) <= LONGEST_SOCKETS_FOLDER and not set(text) & set("\"',\\@\n")


def _private_folder(data_dir: Path, account: Account | None) -> Path:
    """A folder named after the data folder; a random one where somebody else holds that name."""
    owner = account.uid if account else os.geteuid()
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    above = Path(tempfile.gettempdir())
    above = above if len(os.fsencode(above)) < LONGEST_SOCKETS_FOLDER - 40 else Path("/tmp")
    folder = above / f"tongxin-{owner}-{mark}"
    try:
        folder.mkdir(mode=0o700)
        return give_folder(folder, account)
    except FileExistsError:
        status = folder.lstat()
    if folder.is_dir() and not folder.is_symlink() and status.st_uid == owner:
        return folder
    return give_folder(Path(tempfile.mkdtemp(prefix="tongxin-", dir=above)), account)
