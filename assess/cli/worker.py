"""`assess worker`: one more worker for the queue, on this or any other machine."""

from __future__ import annotations

import logging
import signal
import threading

import click

from assess.cli.instance import check_given_seal, open_instance, settings_here
from assess.cli.lasting import last
from assess.worker import run_worker, stop_with, stopped_by


@click.command()
@click.option("--beside", type=click.IntRange(min=1), metavar="PID",
              help="该进程结束时随之结束 / end when this parent process ends")  # fmt: skip
def worker(beside: int | None) -> None:
    """处理后台任务，直至停止 / Process jobs until stopped."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    settings = settings_here()
    check_given_seal(settings)
    with open_instance(settings):
        pass
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopped_by(stop))
    if beside is not None:
        stop_with(beside, stop)
    last()
    run_worker(settings, stop)
