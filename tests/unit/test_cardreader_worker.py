"""The card process as its parent sees it: typed, capped messages, and what happens when it misbehaves."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.card_reader import MOTHER, card_of
from workstation.cardreader.messages import LONGEST_LINE, BadMessage, LogLine, Message, decode, encode
from workstation.cardreader.worker_process import CardWorker, WorkerBroken
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardWarning

PATIENT_S = 60.0
_ANSWER = encode(MOTHER)


def process(script: str) -> tuple[str, ...]:
    """Return a stand-in for the card process: it waits for one request before `script` runs."""
    return (sys.executable, "-c", f"import os, sys, time\nsys.stdin.readline()\n{script}")


@pytest.mark.parametrize(
    "message",
    [
        MOTHER,
        replace(
            MOTHER,
            sex=None,
            birth_date=None,
            card=replace(card_of(MOTHER), number=None, warnings=tuple(CardWarning), issued_on=None),
        ),
        LogLine(5, "workstation.cardreader.channel", "> 00b2080014"),
    ],
)
def test_messages_come_back_as_they_were(message: Message) -> None:
    assert decode(encode(message)) == message


def test_a_refusal_comes_back_with_its_details() -> None:
    refused = decode(encode(Refused(Failure.CARD_FOREIGN, sw="6A82")))
    assert isinstance(refused, Refused)
    assert (refused.failure, refused.details) == (Failure.CARD_FOREIGN, {"sw": "6A82"})


@given(
    line=st.one_of(st.binary(max_size=200), st.sampled_from([b"[" * 100_000, b'{"identity":{"card":[]}}']))
)
def test_any_other_line_is_a_bad_message(line: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(line)


@pytest.mark.parametrize("key", ["name", "card", "read_at", "birth_date"])
@pytest.mark.parametrize("value", [b"7", b"[]", b'{"a":1}', b'"\\ud800"', b"true"])
def test_a_wrong_type_in_an_identity_is_a_bad_message(key: str, value: bytes) -> None:
    line = _ANSWER.replace(f'"{key}":'.encode(), f'"{key}":'.encode() + value + b',"other":', 1)
    with pytest.raises(BadMessage):
        decode(line)


def test_a_bad_message_never_quotes_the_line() -> None:
    with pytest.raises(BadMessage) as caught:
        decode(_ANSWER[:-30])
    assert MOTHER.id_no not in repr(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("print('nonsense', flush=True); time.sleep(60)", WorkerBroken),
        (f"print('x' * {LONGEST_LINE * 3}, end='', flush=True); time.sleep(60)", WorkerBroken),
        ("sys.exit(3)", WorkerBroken),
        ("os.abort()", Refused),
    ],
)
def test_a_process_that_misbehaves_is_ended_and_replaced(script: str, expected: type[Exception]) -> None:
    worker = CardWorker(PATIENT_S, process(script))
    try:
        with pytest.raises(expected):
            worker.read()
        with pytest.raises(expected):
            worker.read()
    finally:
        worker.close()


def test_a_process_killed_by_what_a_card_did_to_it_means_an_unreadable_card() -> None:
    worker = CardWorker(PATIENT_S, process("os.kill(os.getpid(), 11)"))
    try:
        with pytest.raises(Refused) as caught:
            worker.read()
    finally:
        worker.close()
    assert caught.value.failure is Failure.CARD_UNREADABLE
    assert caught.value.details == {"worker": "signal 11"}


@pytest.mark.parametrize(
    "script",
    [
        "time.sleep(60)",
        # Talks all the time, in whole and well-formed lines, and never comes to the point.
        'while True: print(\'{"log":[5,"x","y"]}\', flush=True)',
    ],
)
def test_a_process_that_does_not_answer_in_time_is_given_up(script: str) -> None:
    worker = CardWorker(0.3, process(script))
    try:
        with pytest.raises(Refused) as caught:
            worker.read()
    finally:
        worker.close()
    assert caught.value.failure is Failure.CARD_HUNG


def test_after_a_process_that_hangs_the_next_read_has_a_fresh_one(tmp_path: Path) -> None:
    hung = tmp_path / "hung"
    answer = f"os.write(1, bytes.fromhex('{_ANSWER.hex()}'))"
    # The first one hangs with the order it was given; whoever asks it again would wait as long.
    script = f"path = {str(hung)!r}\nif not os.path.exists(path): open(path, 'w').close(); time.sleep(60)\n{answer}"
    worker = CardWorker(1.0, process(script))
    ends: list[object] = []
    try:
        # On a busy machine a fresh process may take longer than the limit; the hung one would take a minute.
        while MOTHER not in ends and len(ends) < 30:
            try:
                ends.append(worker.read())
            except Refused as refused:
                ends.append(refused.failure)
    finally:
        worker.close()
    assert ends[0] is Failure.CARD_HUNG
    assert ends[-1] == MOTHER


def test_a_process_that_died_between_reads_is_replaced_before_the_next() -> None:
    answer = f"os.write(1, bytes.fromhex('{_ANSWER.hex()}'))"
    worker = CardWorker(PATIENT_S, process(answer))
    try:
        assert worker.read() == MOTHER
        worker._process.wait()
        assert worker.read() == MOTHER
    finally:
        worker.close()


def test_closing_twice_is_closing_once() -> None:
    worker = CardWorker(PATIENT_S, process("time.sleep(60)"))
    worker.close()
    worker.close()
    with pytest.raises(Refused) as caught:
        worker.read()
    assert caught.value.failure is Failure.READER_MISSING
