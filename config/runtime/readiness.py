"""Whether the site answers, and what its people are told then."""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from config.env import Environment
from config.runtime.ports import addresses
from config.runtime.words import answer, say

PATH = "/healthz"
__all__ = ["addresses", "announce", "is_ready"]


def is_ready(environment: Environment) -> bool:
    """Whether /healthz answers 200."""
    return answer_code(environment) == HTTPStatus.OK


def answer_code(environment: Environment, timeout: float = 5.0) -> int | None:
    """What /healthz answers now; None where nobody does within `timeout` seconds."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(environment.host, environment.host)
    connection = HTTPConnection(host, environment.port, timeout=timeout)
    try:
        connection.request("GET", PATH, headers={"Host": _allowed_name(environment)})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _allowed_name(environment: Environment) -> str:
    first = environment.allowed_hosts[0]
    return "localhost" if first == "*" else first.removeprefix(".")


def announce(environment: Environment, sign_ins: list[dict[str, str]]) -> None:
    """The address and the demo sign-ins."""
    where = "  ".join(addresses(environment))
    answer(say(f"同心工作台已就绪：{where}", f"Tongxin is ready: {where}"))
    if sign_ins:
        answer(say("示例帐号：", "Demo sign-ins:"))
    for sign_in in sign_ins:
        answer("  " + "  ".join(str(value) for value in sign_in.values()))
    answer(say("按 Ctrl-C 停止。", "Ctrl-C stops it."))
