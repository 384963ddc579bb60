"""The port of the site: taken before anything else, so that a refusal comes at once."""

import errno
import socket
from pathlib import Path

from config.env import Environment
from config.runtime import lock
from config.runtime.addresses import own_addresses
from config.runtime.words import Refusal, reason, say

BACKLOG = 512


def listen(environment: Environment) -> socket.socket:
    """A socket that listens; the web processes inherit it, so it outlives each of them."""
    host, port = environment.host, environment.port
    listener: socket.socket | None = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        if listener is not None:
            listener.close()
        raise _refusal(error, host, port) from None
    return listener


def _refusal(error: OSError, host: str, port: int) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        who = who_listens(port)
        return Refusal(
            f"端口 {port} 已被{f'程序 {who} ' if who else '其他程序'}占用。"
            f"请先停止它，或换一个端口：./run --port {port + 1 if port < 65535 else 8000}",
            f"port {port} is taken{f' by {who}' if who else ''}. Stop that program, or use "
            f"another port: ./run --port {port + 1 if port < 65535 else 8000}",
        )
    if error.errno == errno.EACCES:
        return Refusal(
            f"普通用户不能使用端口 {port}（小于 1024）。请换一个端口：./run --port 8000",
            f"port {port} is for root alone (below 1024). Use another port: ./run --port 8000",
        )
    return Refusal(
        f"无法在地址 {host} 上提供服务（{reason(error)}）。只供本机使用请用 --host 127.0.0.1，"
        "供局域网使用请用 --host 0.0.0.0",
        f"can't serve at {host} ({reason(error)}). Use --host 127.0.0.1 for this machine, "
        "--host 0.0.0.0 for the network",
    )


def refuse_if_taken(environment: Environment) -> None:
    """Raises Refusal where this folder is served already, or the port is another's."""
    refuse_second_copy(environment)
    listen(environment).close()


def refuse_second_copy(environment: Environment) -> None:
    """Raises Refusal where another process is master of this data folder."""
    master = lock.master_of(environment)
    if master is None:
        return
    name = f"{master.command}, {say('进程', 'process')} {master.pid}, {master.since}"
    raise Refusal(
        f"本文件夹已有一份在运行（{name}）。用 ./run status 查看，用 ./run stop 停止",
        f"this folder is served already ({name}). See ./run status, stop it with ./run stop",
    )


def addresses(environment: Environment) -> list[str]:
    """What to type into a browser."""
    host = environment.host
    hosts = ["127.0.0.1", *own_addresses()] if host in {"0.0.0.0", "::"} else [host]
    names = [f"[{each}]" if ":" in each else each for each in hosts]
    return [f"http://{name}:{environment.port}/" for name in names]


def who_listens(port: int) -> str | None:
    """The program on this port, as far as we may look, as "name (number)"."""
    inodes = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            held = {str(entry.readlink()) for entry in (process / "fd").iterdir()}
            name = (process / "comm").read_text().strip()
        except OSError:
            continue
        if held & inodes:
            return f"{name} ({process.name})"
    return None


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        try:
            rows = table.read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            columns = row.split()
            is_listening = columns[3] == "0A"
            if is_listening and int(columns[1].rpartition(":")[2], 16) == port:
                found.add(columns[9])
    return found
