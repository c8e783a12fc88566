"""Under WSGI an async view runs in a one-off loop; the ORM still works in a thread; no async transactions."""

import asyncio
import logging
import threading

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import AsyncClient, override_settings
from django.urls import path

from tests.facts.shop.models import Author


def test_wsgi_gives_each_request_a_loop_of_its_own(client, urls):
    loops = []

    async def view(request):
        loops.append(asyncio.get_running_loop())
        await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))
        return HttpResponse("ok")

    urls(path("", view))
    assert client.get("/").content == b"ok"
    assert client.get("/").content == b"ok"
    assert loops[0] is not loops[1]
    assert all(loop.is_closed() for loop in loops)


async def test_asgi_requests_share_the_loop_and_overlap(urls):
    meeting = asyncio.Barrier(2)

    async def view(request):
        async with asyncio.timeout(5):
            await meeting.wait()  # passes only if two requests are in progress
        return HttpResponse("ok")

    urls(path("", view))
    responses = await asyncio.gather(AsyncClient().get("/"), AsyncClient().get("/"))
    assert [response.status_code for response in responses] == [200, 200]


def test_synchronous_orm_is_refused_inside_the_loop(client, urls, db):
    async def view(request):
        Author.objects.count()

    urls(path("", view))
    with pytest.raises(SynchronousOnlyOperation):
        client.get("/")


def test_a_method_runs_its_query_outside_of_the_loops_thread(db):
    threads = []

    def note(execute, sql, params, many, context):
        threads.append(threading.get_ident())
        return execute(sql, params, many, context)

    async def work():
        await Author.objects.acount()
        return threading.get_ident()

    with connection.execute_wrapper(note):
        loop_thread = async_to_sync(work)()
    assert len(threads) == 1
    assert loop_thread not in threads


def test_atomic_is_refused_inside_the_loop_and_works_in_a_synchronous_function(db):
    async def direct():
        with transaction.atomic():
            pass

    def both_or_none():
        with transaction.atomic():
            Author.objects.create(name="Ada")
        return Author.objects.count()

    with pytest.raises(SynchronousOnlyOperation):
        async_to_sync(direct)()
    assert async_to_sync(sync_to_async(both_or_none))() == 1


def test_atomic_cannot_be_entered_with_async_with():
    assert not hasattr(transaction.Atomic, "__aenter__")


def sync_only(get_response):
    def middleware(request):
        return get_response(request)

    return middleware


@pytest.mark.parametrize(
    ("middleware", "adapted"),
    [(f"{__name__}.sync_only", True), ("django.middleware.common.CommonMiddleware", False)],
)
async def test_sync_middleware_is_adapted_and_djangos_own_is_not(urls, caplog, middleware, adapted):
    async def view(request):
        return HttpResponse("ok")

    urls(path("", view))
    with (
        caplog.at_level(logging.DEBUG, "django.request"),
        override_settings(DEBUG=True, MIDDLEWARE=[middleware]),
    ):
        await AsyncClient().get("/")
    assert ("handler adapted for middleware" in caplog.text) is adapted
