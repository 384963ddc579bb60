"""The environment: defaults, addresses of the servers, and wrong values refused in words."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kombu
import pytest
import redis
from kombu.utils.url import url_to_parts

from config.env import ROOT, ConfigurationError, Environment, load

WRONG = [
    ("PORT", "eighty", "1 到 65535"),
    ("PORT", "70000", "1 到 65535"),
    ("DATABASE_URL", "mysql://localhost/tongxin", "postgresql://"),
    ("DATABASE_URL", "postgresql://u:p@host:54x2/tongxin", "postgresql://"),
    ("DATABASE_URL", "postgresql://u:p@host", "postgresql://"),
    ("REDIS_URL", "http://localhost:6379", "redis://"),
    ("REDIS_URL", "unix://", "unix:///"),
    ("SECRET_KEY", "short", "openssl rand"),
    ("SECRET_KEY", "a" * 60, "openssl rand"),
    ("ALLOWED_HOSTS", "http://tongxin.example/", "ALLOWED_HOSTS="),
    ("ALLOWED_HOSTS", "tongxin.example:8000", "ALLOWED_HOSTS="),
    ("TIME_ZONE", "Asia/Peking", "Asia/Shanghai"),
    ("TIME_ZONE", "../etc/passwd", "Asia/Shanghai"),
    ("DISTRICT_NAME", "区" * 21, "青浦区"),
    ("DATA_DIR", __file__, "DATA_DIR="),
    ("BIND_HOST", "my office", "0.0.0.0"),
]


@pytest.fixture(autouse=True)
def _in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANG", raising=False)


@pytest.mark.parametrize(("variable", "value", "advice"), WRONG)
def test_a_wrong_value_names_the_variable_and_a_good_one(
    variable: str, value: str, advice: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load({variable: value})
    assert variable in str(refused.value) and advice in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_refusal_is_english_where_the_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    with pytest.raises(ConfigurationError) as refused:
        load({"PORT": "eighty"})
    assert str(refused.value) == (
        'PORT: "eighty" is no port. Write a whole number from 1 to 65535, for example PORT=8000'
    )


def test_nothing_given_means_the_embedded_servers_of_this_folder() -> None:
    environment = load({"PORT": "", "DATABASE_URL": " "})
    assert environment == Environment(data_dir=ROOT / "var")
    assert (environment.district_name, environment.time_zone) == ("青浦区", "Asia/Shanghai")
    assert environment.debug is False


def test_a_relative_data_folder_is_one_below_the_program() -> None:
    assert load({"DATA_DIR": "elsewhere"}).data_dir == ROOT / "elsewhere"


def test_an_external_database_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://li%40si:p%2Fw@db.example:5433/%E5%90%8C%E5%BF%83?sslmode=require"
    assert load({"DATABASE_URL": url}).database_settings() == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "同心",
        "USER": "li@si",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("external", [True, False])
def test_both_clients_of_the_queue_understand_a_path_with_spaces_and_chinese(
    external: bool, tmp_path: Path
) -> None:
    inside = Environment(data_dir=tmp_path / "青浦 数据")
    environment = load(inside.variables()) if external else inside
    wanted = str(inside.sockets_dir / "valkey.sock")
    pool = redis.ConnectionPool.from_url(environment.redis_client_url())
    assert pool.connection_kwargs["path"] == wanted
    with kombu.Connection(environment.broker_url()) as connection:
        assert f"/{url_to_parts(str(connection.hostname)).path}" == wanted


def test_an_external_queue_is_passed_on_as_it_is() -> None:
    environment = load({"REDIS_URL": "rediss://:secret@queue.example:6380/2"})
    assert environment.broker_url() == environment.redis_client_url()
    assert environment.broker_url() == "rediss://:secret@queue.example:6380/2"


def test_the_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    environment = Environment(data_dir=tmp_path / "new")
    with ThreadPoolExecutor(16) as threads:  # web and worker ask at the same moment
        keys = set(threads.map(lambda _: environment.secret_key, range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["secret_key"]
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_torn_secret_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ConfigurationError, match="删除该文件"):
        _ = Environment(data_dir=tmp_path).secret_key


def test_a_given_secret_leaves_no_file(tmp_path: Path) -> None:
    environment = load({"SECRET_KEY": "abcdefgh" * 5, "DATA_DIR": str(tmp_path)})
    assert environment.secret_key == "abcdefgh" * 5
    assert not list(tmp_path.iterdir())


def test_on_the_network_the_machine_answers_to_its_own_names_only() -> None:
    hosts = load({"BIND_HOST": "0.0.0.0"}).allowed_hosts
    assert {"localhost", "127.0.0.1"} < set(hosts)
    assert "*" not in hosts
    assert load({"BIND_HOST": "10.1.2.3"}).allowed_hosts[-1] == "10.1.2.3"
    assert load({"ALLOWED_HOSTS": "a.example, b.example"}).allowed_hosts == (
        "a.example",
        "b.example",
    )
