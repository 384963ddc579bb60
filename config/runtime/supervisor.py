"""Starts the servers and the site in order, keeps them running, stops them in order."""

import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from types import FrameType

from config.env import ROOT, Environment
from config.runtime import folders, processes, readiness
from config.runtime.logs import rotate
from config.runtime.postgres import last_complaint
from config.runtime.processes import Program
from config.runtime.programs import programs, site_environ
from config.runtime.services import Services
from config.runtime.words import Refusal, tell

PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds before the nth restart in a row
CALM = 60.0  # seconds of running after which the count of restarts begins anew
READY_LIMIT = 120.0
WRONG_LIMIT = 10.0  # seconds of answers other than 200
TICK = 0.2
ROTATION = 60.0


@dataclass
class Charge:
    """A process in our care and what became of it."""

    process: subprocess.Popen[bytes]
    started: float
    falls: int = 0
    restarts: int = 0
    due: float | None = None  # when to start it again

    def fell(self, now: float) -> float:
        """Notes its end; how long to wait before the next start."""
        self.falls = 1 if now - self.started > CALM else self.falls + 1
        pause = PAUSES[min(self.falls - 1, len(PAUSES) - 1)]
        self.due = now + pause
        return pause


@dataclass
class Supervisor:
    """All processes of one data folder. Only for who holds its lock."""

    environment: Environment
    services: Services
    listener: socket.socket
    empty: bool = False
    stopping: bool = False
    charges: dict[str, Charge] = field(default_factory=dict)
    site: dict[str, Program] = field(default_factory=dict)
    since: str = field(default_factory=lambda: time.strftime("%F %T"))

    def run(self) -> int:
        """Serves until it is told to stop. Raises Refusal when the start does not succeed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup asks to outlive the terminal
                signal.signal(number, self._be_told)
        try:
            self._clear_leftovers()
            tell("正在启动数据库和队列……", "starting the database and the queue …")
            self.services.start()
            sign_ins = self._prepare()
            self._start_site()
            self._announce(sign_ins)
            while not self.stopping:
                self._look_after()
        except _Told:
            pass
        finally:
            self._stop()
        return 0

    def _be_told(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            return
        self.stopping = True
        raise _Told

    def _clear_leftovers(self) -> None:
        left = processes.marked_with(self.environment.data_dir)
        if left:
            tell("清理上次异常退出留下的进程……", "clearing what a killed run has left …")
            processes.end(left, first=signal.SIGTERM, patience=3.0)

    def _prepare(self) -> list[dict[str, str]]:
        """Migrations, static files, demo district: one process of Django."""
        command = [sys.executable, "-m", "config.prepare", *(["--empty"] if self.empty else [])]
        told = subprocess.run(
            processes.tied(command),
            cwd=ROOT,
            env=site_environ(self.environment),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if told.returncode != 0:
            raise _unprepared(self.environment)
        answer: list[dict[str, str]] = json.loads(told.stdout)["sign_ins"]
        return answer

    def _start_site(self) -> None:
        """The web first, alone on the processors; the others once it answers."""
        for name, (_, process) in self.services.running.items():
            self.charges[name] = Charge(process, time.monotonic())
        self.site = {each.name: each for each in programs(self.environment, self.listener)}
        self._take_charge("web")
        self._wait_for_web(self.charges["web"].process)
        for name in ("worker", "beat"):
            self._take_charge(name)

    def _take_charge(self, name: str) -> None:
        self.charges[name] = Charge(processes.start(self.site[name]), time.monotonic())

    def _wait_for_web(self, process: subprocess.Popen[bytes]) -> None:
        began, wrong_since = time.monotonic(), None
        while (code := readiness.answer_code(self.environment, timeout=1.0)) != HTTPStatus.OK:
            now = time.monotonic()
            wrong_since = (wrong_since or now) if code else None
            gives_up = now - began > READY_LIMIT or (
                wrong_since and now - wrong_since > WRONG_LIMIT
            )
            if process.poll() is not None or gives_up:
                raise self._web_failed()
            time.sleep(0.05)

    def _web_failed(self) -> Refusal:
        log = self.environment.log_dir / "web.log"
        return Refusal(
            f"网站没有启动：{last_complaint(log)}（详见 {log}）",
            f"the site did not start: {last_complaint(log)} (see {log})",
        )

    def _announce(self, sign_ins: list[dict[str, str]]) -> None:
        self._write_state()
        readiness.announce(self.environment, sign_ins)

    def _look_after(self) -> None:
        """One look at everybody; restarts who fell."""
        time.sleep(TICK)
        now = time.monotonic()
        for name, charge in self.charges.items():
            if charge.due is None and charge.process.poll() is not None:
                pause = charge.fell(now)
                processes.kill_session(charge.process.pid)
                self._note_fall(name, charge, pause)
            elif charge.due is not None and now >= charge.due:
                self._restart(name, charge, now)
        rotate(self.environment.log_dir, every=ROTATION)

    def _note_fall(self, name: str, charge: Charge, pause: float) -> None:
        stamp, code = time.strftime("%F %T"), charge.process.returncode
        tell(
            f"{stamp} {name} 意外退出（{code}），{pause:.0f} 秒后重启",
            f"{stamp} {name} ended unexpectedly ({code}), starting again in {pause:.0f} s",
        )
        self._write_state()

    def _restart(self, name: str, charge: Charge, now: float) -> None:
        try:
            if name in self.site:
                process = processes.start(self.site[name])
            else:
                self.services.launch(name)
                process = self.services.running[name][1]
        except (OSError, Refusal) as error:  # a full disk, for one: tried again, until it is not
            charge.falls += 1
            charge.due = now + PAUSES[-1]
            tell(f"{name}: {error}", f"{name}: {error}")
            return
        charge.process, charge.started, charge.due = process, now, None
        charge.restarts += 1
        self._write_state()

    def _write_state(self) -> None:
        state = {
            "since": self.since,
            "host": self.environment.host,
            "port": self.environment.port,
            "addresses": readiness.addresses(self.environment),
            "processes": [
                {
                    "name": name,
                    "pid": charge.process.pid if charge.due is None else None,
                    "restarts": charge.restarts,
                }
                for name, charge in self.charges.items()
            ],
        }
        path = self.environment.run_dir / "state.json"
        half = path.with_suffix(".part")
        half.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        half.replace(path)

    def _stop(self) -> None:
        self.stopping = True
        tell("正在停止……", "stopping …")
        running = [
            (program, self.charges[name].process)
            for name, program in self.site.items()
            if name in self.charges
        ]
        killed = processes.stop(running)
        # A child that has left the session of its parent is found by its mark.
        processes.end(
            processes.marked_with(self.environment.data_dir), first=signal.SIGKILL, patience=2.0
        )
        killed += self.services.stop()
        (self.environment.run_dir / "state.json").unlink(missing_ok=True)
        if killed:
            tell(
                f"未按时停止而被强制结束：{'、'.join(killed)}", f"had to kill: {', '.join(killed)}"
            )
        tell("已停止", "stopped")


class _Told(Exception):
    """Somebody asked us to stop."""


def _unprepared(environment: Environment) -> Refusal:
    """Why the database was not prepared: of a full disk it only says that it died."""
    if folders.is_full(environment):
        where = environment.data_dir
        return Refusal(
            f"磁盘已满，准备数据库没有完成。请为 {where} 腾出空间，再执行 ./run",
            f"the disk is full, the database was not prepared. Make room in {where}, then ./run",
        )
    log = environment.log_dir / "prepare.log"
    return Refusal(f"准备数据库没有完成，详见 {log}", f"the database was not prepared, see {log}")
