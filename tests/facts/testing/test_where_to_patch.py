"""A patch replaces one name in one module: it belongs where the name is looked up."""

from collections.abc import Callable
from typing import Any

MODULES = {
    "mailer.py": """
        def send(order):
            return "really sent"

        class Gateway:
            def charge(self):
                return "charged"
    """,
    "orders.py": """
        from mailer import send

        def place(order):
            return send(order)
    """,
    "bills.py": """
        import mailer

        def place(order):
            return mailer.send(order)
    """,
    "late.py": """
        def place(order):
            from mailer import send
            return send(order)
    """,
    "shop.py": """
        from mailer import Gateway

        def pay():
            return Gateway().charge()
    """,
    "bound.py": """
        import mailer

        def place(order, send=mailer.send):
            return send(order)
    """,
}
TESTS = """
    from unittest.mock import patch

    import bills, bound, late, mailer, orders, shop

    def run(module, target):
        with patch(target, return_value="faked") as fake:
            result = module.place(1)
        return fake.called, result

    def test_quiz():
        assert run(orders, "mailer.send") == (False, "really sent")

    def test_name_in_the_importing_module():
        assert run(orders, "orders.send") == (True, "faked")

    def test_attribute_of_the_imported_module():
        assert run(bills, "mailer.send") == (True, "faked")

    def test_import_inside_the_function():
        assert run(late, "mailer.send") == (True, "faked")

    def test_default_argument():
        assert run(bound, "mailer.send") == (False, "really sent")

    def test_method_on_the_class_of_another_module():
        with patch.object(mailer.Gateway, "charge", return_value="faked"):
            assert shop.pay() == "faked"
"""


def test_which_name_a_patch_reaches(run_pytest: Callable[..., Any]) -> None:
    run = run_pytest({**MODULES, "test_orders.py": TESTS})
    assert run.outcomes == {"passed": 6}, run.stdout


def test_patch_refuses_a_name_that_does_not_exist_and_autospec_a_wrong_call(
    run_pytest: Callable[..., Any],
) -> None:
    tests = """
        from unittest.mock import patch

        import pytest

        def test_misspelt():
            with pytest.raises(AttributeError, match="snd"), patch("mailer.snd"):
                pass

        def test_autospec():
            import mailer
            with patch("mailer.send", autospec=True), pytest.raises(TypeError):
                mailer.send(1, 2)

        def test_plain_mock_takes_any_call():
            import mailer
            with patch("mailer.send"):
                mailer.send(1, 2)

        def test_built_in_class():
            with pytest.raises(TypeError, match="immutable"), patch("datetime.date.today"):
                pass
    """
    run = run_pytest({**MODULES, "test_orders.py": tests})
    assert run.outcomes == {"passed": 4}, run.stdout
