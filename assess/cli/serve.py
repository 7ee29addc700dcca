"""`assess serve`: the web server and a worker beside it."""

from __future__ import annotations

import socket
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from assess.cli.beside import WorkerBeside
from assess.cli.instance import check_given_seal, make_instance, settings_here
from assess.cli.lasting import last
from assess.cli.messages import one_line
from assess.core.text import Text
from assess.settings import Settings
from assess.web.app import create_app

SERVING = Text("服务已启动：{address}（按 Ctrl-C 停止）", "Serving at {address} (press Ctrl-C to stop)")
NO_LISTENING = Text(
    "无法在 {address} 监听（{cause}），服务未启动，数据没有改动。如该端口已在运行本系统，"
    "无需再次启动；否则请用 --port 换一个端口，并核对 --host。",
    "The service could not listen at {address} ({cause}) and was not started. No data was changed. "
    "If it already runs at this port, nothing needs to be done. Otherwise use another port with "
    "--port and check --host.",
)
THREADS = 4


class Server(BaseApplication):  # type: ignore[misc]
    """The web server with our options, and no file of its own."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self.settings = settings
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        app = create_app(self.settings)
        last()
        return app


def check_free(host: str, port: int) -> None:
    """See that one can listen there, before anything is made or started.

    Raises:
        ClickException: with what stands in the way, in both languages.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        family, kind, protocol, _name, place = found[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except (OSError, UnicodeError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        what = NO_LISTENING.format(address=f"{host}:{port}", cause=cause)
        raise click.ClickException(one_line(f"{what.zh} / {what.en}")) from error


def address_at(host: str, port: int) -> str:
    """Where this machine reaches a service that listens there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host.strip("[]"), host.strip("[]"))
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口 / port")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="进程数 / processes")
def serve(host: str, port: int, processes: int) -> None:
    """启动网站服务，同时启动一个后台任务进程 / Serve the website and start a worker for jobs."""
    check_free(host, port)
    address = address_at(host, port)
    settings = settings_here(address)
    check_given_seal(settings)
    with make_instance(settings):
        pass
    settings.secret_key()
    worker = WorkerBeside()
    options = {
        "bind": f"{host}:{port}",
        "workers": processes,
        "threads": THREADS,
        "worker_class": "gthread",
        "timeout": 120,
        "graceful_timeout": 15,
        "keepalive": 5,
        "preload_app": True,
        "loglevel": "warning",
        "control_socket_disable": True,
        "proc_name": "assess",
        "umask": 0o077,
        "when_ready": lambda _server: click.echo(f"{SERVING.zh} / {SERVING.en}".format(address=address)),
        "on_exit": lambda _server: worker.end(),
    }
    Server(settings, options).run()
