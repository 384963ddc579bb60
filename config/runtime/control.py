"""`./run stop` and `./run status`: speak to the supervisor of this data folder."""

import argparse
import json
import os
import signal
import time
from dataclasses import replace
from typing import Any

from config.env import Environment
from config.runtime import lock, processes, readiness
from config.runtime.words import Refusal, answer, say

STOP_LIMIT = 30.0


def stop(environment: Environment, options: argparse.Namespace) -> int:
    """Stops the site of this data folder and waits until it is gone."""
    master = lock.master_of(environment)
    if master is None:
        _say(options, {"stopped": False}, say("没有在运行", "it does not run"))
        return 0
    try:
        os.kill(master.pid, signal.SIGTERM)
    except PermissionError:
        raise Refusal(
            f"进程 {master.pid} 属于另一个用户，请用启动它的帐号或 root 停止",
            f"process {master.pid} belongs to another user: stop it as that user or as root",
        ) from None
    limit = time.monotonic() + STOP_LIMIT
    while lock.master_of(environment) is not None:
        if time.monotonic() > limit:
            raise Refusal(
                f"{STOP_LIMIT:.0f} 秒内没有停下。仍要停止请执行：kill -9 {master.pid}",
                f"not stopped within {STOP_LIMIT:.0f} s. To stop it anyway: kill -9 {master.pid}",
            )
        time.sleep(0.05)
    _say(options, {"stopped": True}, say("已停止", "stopped"))
    return 0


def status(environment: Environment, options: argparse.Namespace) -> int:
    """What runs from this folder and since when. 1 where it does not run or does not answer."""
    found = state_of(environment)
    _say(options, found, "\n".join(_lines(found)))
    return 0 if found["ready"] else 1


def state_of(environment: Environment) -> dict[str, Any]:
    """The state as the supervisor has left it, checked against the processes there are."""
    master = lock.master_of(environment)
    if master is None:
        return {"running": False, "ready": False, "processes": []}
    try:
        text = (environment.run_dir / "state.json").read_text(encoding="utf-8")
        state: dict[str, Any] = json.loads(text)
    except (FileNotFoundError, ValueError):  # it is still starting, or only a command
        state = {"since": master.since, "addresses": [], "processes": []}
    for process in state["processes"]:
        process["alive"] = process["pid"] is not None and processes.is_alive(process["pid"])
    served = replace(environment, **{key: state[key] for key in ("host", "port") if key in state})
    ready = bool(state["processes"]) and readiness.is_ready(served)
    return {"running": True, "ready": ready, "command": master.command, "pid": master.pid, **state}


def _lines(state: dict[str, Any]) -> list[str]:
    if not state["running"]:
        return [say("没有在运行", "it does not run")]
    word = say("可以使用", "ready") if state["ready"] else say("没有应答", "not ready")
    head = f"{state['command']} ({state['pid']}): {word}, {state['since']}  "
    rows = [head + "  ".join(state["addresses"])]
    for process in state["processes"]:
        alive = say("运行中", "runs") if process["alive"] else say("已退出", "down")
        again = say(f"重启 {process['restarts']} 次", f"{process['restarts']} restarts")
        rows.append(f"  {process['name']:<10}{process['pid'] or '-':<8} {alive}  {again}")
    return rows


def _say(options: argparse.Namespace, found: dict[str, Any], text: str) -> None:
    answer(json.dumps(found, ensure_ascii=False) if options.json else text)
