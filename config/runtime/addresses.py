"""The names and addresses by which this machine can be reached."""

import fcntl
import ipaddress
import socket
import struct

SIOCGIFADDR = 0x8915


def own_names(host: str) -> tuple[str, ...]:
    """What browsers may write to reach a server that listens on `host`."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return (host,)
    if not address.is_unspecified:
        return (f"[{address}]" if address.version == 6 else host,)
    return (*dict.fromkeys((socket.gethostname().lower(), socket.gethostname(), *own_addresses())),)


def own_addresses() -> list[str]:
    """The IPv4 addresses of the network cards, without the loopback."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, card in socket.if_nameindex():
            request = struct.pack("256s", card.encode()[:15])
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
            except OSError:  # a card without an address
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return [address for address in found if not address.startswith("127.")]
