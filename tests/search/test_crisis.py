"""Cries for help are heard, however they are spelt; figures of speech are let pass. The words are our own."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from search import crisis
from search.engine import engine
from search.text import clean

TABLE = yaml.safe_load((Path(crisis.__file__).parent / "en.yaml").read_text("utf-8"))

HEARD = """
i want to die
i dont want to be here any more
I don’t want to wake up tomorrow
thinking of ending it all
everyone would be better off without me
i keep cutting myself
my daughter says she wants to kill herself
my friend is talking about suicide
took 30 paracetamol an hour ago
i think ive overdosed
he hits me when he drinks
my boyfriend strangled me last night
im scared my husband will hurt me
voices telling me to hurt myself
im not safe tonight
whats the easiest way to die
kms
nothing left to live for
ive written a suicide note
i wish i was never born
i have lost the will to live
i should just die
the world would be better without me
goodbye everyone this is my last message
i dont care if i live or die
i keep punching myself
someone please kill me
i cant see a reason to carry on
i am a burden to my family
how many tablets would kill me
""".strip().splitlines()

MISSPELT = """
i wnat to die
sucidal thoughts
suiside
i dont wnat to live
want to kil myself
my sun wants to kill himslef
overdoes on pils i overdosd
everyone wud be beter off without me
""".strip().splitlines()

LET_PASS = """
this exam is killing me
my mum will kill me if i fail
cut myself shaving
dead tired after nights
i killed it in my interview
my hours have been cut
the book is about suicide in the 1950s
dying to see my friends
how do i stop worrying
cant sleep before exams
i hate my job
my back is killing me
break up with my boyfriend
how to end a phone call politely
my last day at work
i need to hit the gym
bite my nails all the time
trying to end it with my girlfriend
goodbye party for a colleague
""".strip().splitlines()


def urgent(text: str) -> bool:
    known = engine("en-gb")
    plain = clean(text)
    return known.is_urgent(plain, known.corrected(plain))


@pytest.mark.parametrize("text", HEARD + MISSPELT)
def test_a_cry_for_help_is_heard(db: None, text: str) -> None:
    assert urgent(text)


@pytest.mark.parametrize("text", LET_PASS)
def test_a_figure_of_speech_is_let_pass(db: None, text: str) -> None:
    assert not urgent(text)


def test_every_row_of_the_table_gives_its_reason_and_can_be_read() -> None:
    rows = TABLE["crisis"] + TABLE["innocent"]
    assert len(rows) > 35
    for row in rows:
        assert row["why"].endswith("."), row
        for said in row["said"]:
            assert re.compile(said.replace("{SELF}", "x").replace("{WHO}", "x")), said


def test_each_pattern_matches_clean_text_only() -> None:
    assert not [
        said
        for row in TABLE["crisis"]
        for said in row["said"]
        if re.search(r"[A-Z’]|(?<!\\)'", re.sub(r"\{[A-Z]+\}", "", said))
    ]


@given(st.text(max_size=300))
def test_any_text_is_judged_quickly_and_without_fault(text: str) -> None:
    assert crisis.table("en-gb").fits(clean(text)) in {True, False}


def test_a_language_without_a_table_hears_nothing_and_fails_nowhere() -> None:
    assert not crisis.table("xx").fits("kms")
