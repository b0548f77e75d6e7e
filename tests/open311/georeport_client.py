#!/usr/bin/env python3
"""The client `georeport` of the Python package index, unmodified, on our doors: what it is given must be what it asks for."""
import sys

from georeport import GeoReport

base, key = sys.argv[1], sys.argv[2]
for form in ("json", "xml"):
    client = GeoReport(base, api_key=key, output_format=form)
    services = client.get_service_list()
    assert [one["service_code"] for one in services] == ["nid-de-poule", "graffiti"], services
    definition = client.get_service_definition("nid-de-poule")
    assert definition["service_code"] == "nid-de-poule", definition
    requests = client.get_service_requests(service_code="nid-de-poule", status="open")
    assert requests, requests
    one = requests[0] if isinstance(requests, list) else requests
    again = client.get_service_request(one["service_request_id"])
    again = again[0] if isinstance(again, list) else again
    assert again["service_request_id"] == one["service_request_id"], again
    print(form, len(services), one["service_request_id"], one["status"])
