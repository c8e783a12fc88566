"""collectstatic fills STATIC_ROOT, STORAGES replaces the default as a whole, DEBUG off serves nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import global_settings
from django.conf.urls.static import static
from django.test import override_settings

PROJECT = """
    import sys
    from pathlib import Path
    import django
    from django.conf import settings
    from django.core.management import call_command

    here = Path.cwd()
    (here / "shop/static/shop").mkdir(parents=True)
    (here / "shop/__init__.py").touch()
    (here / "shop/static/shop/shop.css").write_text("a { color: red }")
    sys.path.insert(0, str(here))
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "shop"],
        STATIC_URL="/static/", STATIC_ROOT=here / "collected",
        MEDIA_URL="/media/", MEDIA_ROOT=here / MEDIA,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            },
        },
    )
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    print(sorted(path.suffixes[-1] + str(len(path.suffixes)) for path in (here / "collected/shop").iterdir()))
    from django.templatetags.static import static
    print(static("shop/shop.css"))
    static("shop/missing.css")
"""


def test_collectstatic_fills_static_root_with_hashed_names(run_python: Callable[..., Any]) -> None:
    ended = run_python(PROJECT.replace("/ MEDIA", '/ "media"'))
    names, url = ended.stdout.splitlines()
    assert names == "['.css1', '.css2']"  # shop.css and shop.<hash>.css
    assert url.startswith("/static/shop/shop.")
    assert url != "/static/shop/shop.css"


def test_changed_content_gets_another_address(run_python: Callable[..., Any]) -> None:
    again = """
    (here / "shop/static/shop/shop.css").write_text("a { color: blue }")
    call_command("collectstatic", interactive=False, verbosity=0)
    print(static("shop/shop.css"))
    """
    project = PROJECT.replace("/ MEDIA", '/ "media"').replace('    static("shop/missing.css")\n', "")
    _, before, after = run_python(project + again).stdout.splitlines()
    assert before != after
    assert before.split(".")[::2] == after.split(".")[::2] == ["/static/shop/shop", "css"]


def test_a_missing_file_raises_with_the_manifest_storage(run_python: Callable[..., Any]) -> None:
    ended = run_python(PROJECT.replace("/ MEDIA", '/ "media"'))
    assert "ValueError: Missing staticfiles manifest entry" in ended.stderr


def test_django_refuses_one_folder_for_both(run_python: Callable[..., Any]) -> None:
    ended = run_python(PROJECT.replace("/ MEDIA", '/ "collected"'))
    assert "MEDIA_ROOT and STATIC_ROOT settings must have different values" in ended.stderr


def test_storages_names_both_kinds_and_is_not_merged() -> None:
    from django.core.files.storage import InvalidStorageError, storages

    assert set(global_settings.STORAGES) == {"default", "staticfiles"}
    with override_settings(STORAGES={"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}):
        assert "InMemoryStorage" in repr(storages["default"])
        try:
            storages["staticfiles"]
        except InvalidStorageError as error:
            missing = str(error)
    assert "Could not find config for 'staticfiles'" in missing


def test_the_static_route_exists_with_debug_only(tmp_path: Path) -> None:
    with override_settings(DEBUG=False):
        assert static("/media/", document_root=tmp_path) == []
    with override_settings(DEBUG=True):
        assert len(static("/media/", document_root=tmp_path)) == 1
