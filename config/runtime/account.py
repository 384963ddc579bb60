"""The account the embedded servers run under: our own, or a lesser one when we are root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from config.runtime.words import Refusal

# PostgreSQL refuses to run as root. An account made for it is better than `nobody`, whose files
# every other service running as `nobody` can read.
PREFERRED = ("tongxin", "nobody")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def lesser_account(cluster: Path) -> Account | None:
    """The account for the servers of this database folder; None: our own will do.

    The owner of a folder that is there stays its owner, whatever accounts were added since.
    """
    if os.geteuid() != 0:
        return None
    if (cluster / "PG_VERSION").exists() and cluster.stat().st_uid != 0:
        return _account_of(cluster.stat().st_uid)
    for name in PREFERRED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Refusal(
        "PostgreSQL 不能以 root 身份运行，本机又没有 nobody 帐号。"
        "请先执行：useradd --system tongxin",
        "PostgreSQL can't run as root, and this machine has no account `nobody`. "
        "Run this first: useradd --system tongxin",
    )


def _account_of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(str(uid), uid, uid)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def own_name() -> str:
    """The name of the account we run as, as PostgreSQL will see it at the socket."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise Refusal(
            f"当前用户（编号 {os.geteuid()}）在本机没有帐号名，自带的数据库无法识别。"
            "请用有名字的帐号运行，或设置 DATABASE_URL",
            f"this user (number {os.geteuid()}) has no account name on this machine, and the "
            "embedded database goes by names. Use a named account, or set DATABASE_URL",
        ) from None


def reaches(account: Account | None, path: Path) -> bool:
    """Whether the account may walk down to `path`, by the permissions of every folder above."""
    if account is None:
        return True
    return all(_may_enter(account, folder.stat()) for folder in path.resolve().parents)


def _may_enter(account: Account, folder: os.stat_result) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)
