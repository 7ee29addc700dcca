"""The OpenAPI document is one, and tells of every address that is for systems, and of none that is not."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from assess.web.api.operations import OPERATIONS
from assess.web.pages import Audience, registry
from tests.services.tokens import SENT
from tests.web.api.calling import EVIDENCE, System, validator


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_is_served_to_anybody_and_keeps_to_its_standard(app: Flask, language: str):
    answer = app.test_client().get("/api/v1/openapi.json", headers={"Accept-Language": language})
    document = json.loads(answer.text)

    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["info"]["title"] == {"zh": "部门数据接口", "en": "Interface for departments' systems"}[language]
    assert document["paths"][EVIDENCE.replace("2026", "{year}").replace("water-bureau", "{department}")].keys() == {
        "post"
    }


def test_every_address_for_systems_stands_in_the_document_and_none_besides(app: Flask):
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower(), rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }

    assert {(each.path, each.method, each.endpoint) for each in OPERATIONS} == served
    assert {each.endpoint for each in OPERATIONS if not each.is_open} == {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if registry(app).pages[rule.endpoint].readers is Audience.SYSTEMS
    }


def test_no_request_to_the_api_needs_the_word_of_a_form(system: System):
    system.client.application.config["WTF_CSRF_ENABLED"] = True

    assert system.sends().status == 202


def test_what_the_document_gives_as_an_example_is_taken(system: System):
    document = json.loads(system.client.get("/api/v1/openapi.json").text)
    path = EVIDENCE.replace("2026", "{year}").replace("water-bureau", "{department}")
    example = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]

    found = system.checked(example)
    assert (found.body["state"], found.body["counts"]["new"]) == ("checked", 2)
    for body in (example, SENT):
        assert validator("Evidence").is_valid(body)


@pytest.mark.parametrize("odd", [{"values": []}, {"values": [{"unit": "x", "figure": "y", "value": 9.5}]}, {}, []])
def test_what_the_service_would_not_take_does_not_have_the_shape(odd: object):
    assert not validator("Evidence").is_valid(odd)
