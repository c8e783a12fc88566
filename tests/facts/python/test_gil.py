"""One thread at a time runs bytecode: asyncio computes on one thread, processes do not share a lock."""

import json
import subprocess
from collections.abc import Callable

from tests.facts.needs import needs

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]


def printed(ended: "subprocess.CompletedProcess[str]") -> object:
    """What the program printed as JSON; its error output if it failed."""
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_gathered_coroutines_compute_on_one_thread_one_after_the_other(run_python: RunPython) -> None:
    program = """
        import asyncio, json, threading

        steps = []

        async def compute(name):
            for _ in range(3):
                sum(range(1000))
                steps.append((name, threading.get_ident() == threading.main_thread().ident))

        async def main():
            await asyncio.gather(compute("a"), compute("b"))

        asyncio.run(main())
        print(json.dumps(steps))
    """
    assert printed(run_python(program)) == [[name, True] for name in "aaabbb"]


def test_process_pool_computes_in_other_processes(run_python: RunPython) -> None:
    program = """
        import json, os
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        def pid(_):
            return os.getpid()

        if __name__ == "__main__":
            with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
                print(json.dumps(os.getpid() in pool.map(pid, range(4))))
    """
    assert printed(run_python(program)) is False


def test_thread_pool_stays_in_one_process(run_python: RunPython) -> None:
    program = """
        import json, os
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as pool:
            print(json.dumps({os.getpid()} == set(pool.map(lambda _: os.getpid(), range(4)))))
    """
    assert printed(run_python(program)) is True


def test_increment_is_a_read_an_addition_and_a_write(run_python: RunPython) -> None:
    program = """
        import dis, json

        def bump():
            global counter
            counter += 1

        names = [step.opname for step in dis.get_instructions(bump)]
        load = names.index("LOAD_GLOBAL")
        add = names.index("BINARY_OP")
        print(json.dumps(load < add < names.index("STORE_GLOBAL")))
    """
    assert printed(run_python(program)) is True


def test_sleeping_thread_lets_others_run(run_python: RunPython) -> None:
    program = """
        import json, sys, threading, time

        sys.setswitchinterval(1000)  # nobody takes the lock away: it has to be let go
        order = []

        def sleeper():
            order.append("before")
            while "main" not in order:
                time.sleep(0.001)
            order.append("after")

        thread = threading.Thread(target=sleeper)
        thread.start()
        while "before" not in order:
            time.sleep(0.001)
        order.append("main")
        thread.join()
        print(json.dumps(order))
    """
    assert printed(run_python(program)) == ["before", "main", "after"]


@needs(python="3.13")
def test_the_default_build_tells_that_its_lock_is_on(run_python: RunPython) -> None:
    program = """
        import json, sys, sysconfig

        print(json.dumps([sys._is_gil_enabled(), bool(sysconfig.get_config_var("Py_GIL_DISABLED"))]))
    """
    enabled, free_threaded = printed(run_python(program))  # type: ignore[misc]  # JSON is an object to mypy
    assert enabled is not free_threaded


@needs(python="3.14")
def test_interpreter_pool_computes_in_other_interpreters(run_python: RunPython) -> None:
    program = """
        import json
        from concurrent.futures import InterpreterPoolExecutor

        def number():
            from concurrent.interpreters import get_current
            return get_current().id

        if __name__ == "__main__":
            with InterpreterPoolExecutor(1) as pool:
                print(json.dumps(pool.submit(number).result() != number()))
    """
    assert printed(run_python(program)) is True


@needs(python="3.14")
def test_forkserver_is_the_start_method_on_linux(run_python: RunPython) -> None:
    program = """
        import json, multiprocessing

        print(json.dumps(multiprocessing.get_start_method()))
    """
    assert printed(run_python(program)) == "forkserver"
