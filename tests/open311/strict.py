#!/usr/bin/env python3
"""Another authority's Open311 door, strict: it takes what GeoReport v2 says, in the order of its rules, and nothing else.

Prints its port. What it answers depends on the first part of the path: /ok, /token (a token first, the number later), /refuse (the key is
never right), /busy (another time), /garbage (no XML), /none (no service of that name). /seen says in JSON which requests were taken.
"""
import json
import re
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

KEY = "strict-key"
FIELDS = {"jurisdiction_id", "api_key", "service_code", "lat", "long", "address_string", "description", "media_url"}
SERVICES = [("0042", "Nid-de-poule"), ("0043", "Graffiti & tags")]
taken, numbers, asked = [], {}, {}


def xml(root, inner):
    return '<?xml version="1.0" encoding="utf-8"?>\n<%s>%s</%s>' % (root, inner, root)


def error(code, text):
    return code, xml("errors", "<error><code>%d</code><description>%s</description></error>" % (code, text))


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def tell(self, code, body, kind="text/xml; charset=utf-8"):
        data = body.encode("utf-8")
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        parts = urlsplit(self.path)
        mode, _, path = parts.path.lstrip("/").partition("/")
        query = dict(parse_qsl(parts.query))
        if mode == "seen":
            return self.tell(200, json.dumps(taken), "application/json")
        if query.get("jurisdiction_id") != "strict.example":
            return self.tell(*error(400, "jurisdiction_id is missing"))
        if path == "services.xml":
            names = [("9", "Autre chose")] if mode == "none" else SERVICES
            each = "".join(
                "<service><service_code>%s</service_code><service_name>%s</service_name><metadata>false</metadata>"
                "<type>realtime</type></service>" % (code, name.replace("&", "&amp;")) for code, name in names)
            return self.tell(200, xml("services", each))
        token = re.fullmatch(r"tokens/([^/]+)\.xml", path)
        if token:
            first = token[1] not in asked
            asked[token[1]] = True
            number = "" if first else "T-77"
            return self.tell(200, xml("service_requests", "<request><service_request_id>%s</service_request_id><token>%s</token></request>" % (number, token[1])))
        request = re.fullmatch(r"requests/([^/]+)\.xml", path)
        if request:
            return self.tell(200, xml("service_requests", "<request><service_request_id>%s</service_request_id><status>closed</status>"
                                      "<status_notes>Termin&#233; &amp; class&#xE9;</status_notes></request>" % request[1]))
        return self.tell(*error(404, "no such door: " + path))

    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(length).decode("utf-8", "strict")
        mode, _, path = self.path.lstrip("/").partition("/")
        if mode == "busy":
            return self.tell(503, "<html>later</html>", "text/html")
        if mode == "garbage":
            return self.tell(200, "<service_requests><request>", "text/xml")
        self.tell(*self.check(mode, path, body))

    def check(self, mode, path, body):
        if path != "requests.xml":
            return error(404, "no such door: " + path)
        if self.headers.get("Content-Type") != "application/x-www-form-urlencoded; charset=utf-8":
            return error(400, "content type")
        pairs = parse_qsl(body, keep_blank_values=True, strict_parsing=True, encoding="utf-8", errors="strict")
        fields = dict(pairs)
        if mode == "refuse" or fields.get("api_key") != KEY:
            return error(403, "api_key is wrong &amp; was never right")
        if fields.get("jurisdiction_id") != "strict.example":
            return error(400, "jurisdiction_id")
        strange = [name for name, _ in pairs if name not in FIELDS and not re.fullmatch(r"attribute\[[a-z_]+\](\[\])?", name)]
        twice = [name for name in FIELDS if sum(1 for known, _ in pairs if known == name) > 1]
        if strange or twice:
            return error(400, "fields: %s %s" % (strange, twice))
        if fields.get("service_code") not in [code for code, _ in SERVICES]:
            return error(404, "service_code")
        try:
            if not (-90 <= float(fields["lat"]) <= 90 and -180 <= float(fields["long"]) <= 180):
                return error(400, "lat and long")
        except (KeyError, ValueError):
            return error(400, "lat and long")
        if not 1 <= len(fields.get("description", "")) <= 4000 or "<" in fields["description"]:
            return error(400, "description")
        try:
            number = str(uuid.UUID(self.headers.get("Idempotency-Key", "")))
        except ValueError:
            return error(400, "Idempotency-Key")
        if number not in numbers:
            numbers[number] = "S-%d" % (len(numbers) + 1)
            taken.append(fields)
        if mode == "token":
            return 200, xml("service_requests", "<request><token>tok en/1</token></request>")
        return 200, xml("service_requests", "<request><service_request_id>%s</service_request_id><service_notice/><account_id/></request>" % numbers[number])


server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
print(server.server_address[1], flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
