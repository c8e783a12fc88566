"""A request is its line, its fields, an empty line and a body; the fragment is never sent."""

import http.client
import io
import socket
from urllib.request import Request

BODY = b'{"book_id": 42}'


def sent(method, target, body=None, headers=None):
    """The bytes that Python's HTTP client sends."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        connection = http.client.HTTPConnection("shop.example")
        connection.sock = ours
        connection.request(method, target, body, headers or {})
        return theirs.recv(4096)


def test_request_is_line_fields_empty_line_body():
    head, _, body = sent("POST", "/orders?gift=1", BODY, {"Content-Type": "application/json"}).partition(
        b"\r\n\r\n"
    )
    line, *fields = head.split(b"\r\n")
    assert line == b"POST /orders?gift=1 HTTP/1.1"
    assert b"Host: shop.example" in fields
    assert b"Content-Length: 15" in fields
    assert body == BODY


def test_fragment_stays_with_the_client():
    request = Request("https://shop.example/books?page=2#top")
    assert request.selector == "/books?page=2"
    assert request.host == "shop.example"
    assert request.fragment == "top"


def test_response_is_status_line_fields_empty_line_body():
    text = b"HTTP/1.1 201 Created\r\ncontent-TYPE: text/plain\r\nContent-Length: 2\r\n\r\nok"

    class Wire:
        def makefile(self, *args):
            return io.BytesIO(text)

    response = http.client.HTTPResponse(Wire())
    response.begin()
    assert (response.status, response.reason) == (201, "Created")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.read() == b"ok"


def test_django_reads_fields_in_any_case(rf):
    request = rf.get("/", headers={"accept": "text/plain"})
    assert request.headers["Accept"] == request.headers["ACCEPT"] == "text/plain"
    assert request.META["HTTP_ACCEPT"] == "text/plain"
