"""The first message names the host in plain text; Django learns of HTTPS from the proxy's header."""

import ssl

import pytest
from django.test import override_settings


def client_hello(host):
    """The first flight of a TLS client, made in memory."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname=host)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


def test_first_message_names_the_host_in_plain_text():
    assert b"shop.example" in client_hello("shop.example")
    assert b"shop.example" not in client_hello("other.example")


def test_default_client_checks_the_chain_and_the_name():
    context = ssl.create_default_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_django_believes_the_header_only_if_told_to_and_then_from_anybody(rf):
    request = rf.get("/", headers={"x-forwarded-proto": "https"})
    assert not request.is_secure()
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert request.is_secure()
