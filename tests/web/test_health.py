from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from assess.settings import Settings
from assess.web.app import create_app
from tests.guarded import spare_port


def test_the_service_is_well_while_its_database_answers(client: FlaskClient):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_without_its_folder_the_service_says_so(client: FlaskClient, settings: Settings):
    settings.uploads.rename(settings.uploads.with_name("unmounted"))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"status": "no instance folder"})


def test_without_its_database_the_service_says_so(instance: Path):
    nowhere = f"postgresql://nobody@127.0.0.1:{spare_port()}/none"
    app = create_app(Settings(instance=instance, database_url=nowhere))

    answer = app.test_client().get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"status": "no database"})
    app.extensions["database"].close()
