"""Ranking: what fits best stands first, and nothing is left behind by what is gone."""

from hypothesis import given
from hypothesis import strategies as st

from search.phrases import Phrases, runs
from search.ranking import CHAMPIONS, Document, Ranking, fused

WORDS = st.sampled_from(["sleep", "exam", "worri", "bulli", "night", "help"])
PARTS = st.fixed_dictionaries({"title": st.lists(WORDS, max_size=4), "body": st.lists(WORDS, max_size=20)})


def ranking(*titles: str) -> Ranking:
    made = Ranking()
    for key, title in enumerate(titles):
        made.put(Document(key, {"title": title.split(), "body": ["help"]}, (title,)))
    return made


def test_a_word_in_the_title_counts_more_than_in_the_body() -> None:
    made = Ranking()
    made.put(Document(1, {"title": ["night"], "body": ["sleep"]}))
    made.put(Document(2, {"title": ["sleep"], "body": ["night"]}))
    assert [key for key, _score in made.weigh({"sleep": 1.0}, [])] == [2, 1]


def test_a_pages_own_title_typed_in_full_puts_it_first() -> None:
    made = ranking("exam stress", "exam stress at home", "exam", "stress stress exam")
    wanted = {"exam": 1.0, "stress": 1.0}
    assert made.weigh(wanted, runs(["exam", "stress"]))[0][0] == 0
    assert made.weigh(wanted | {"home": 1.0}, runs(["exam", "stress", "at", "home"]))[0][0] == 1


@given(st.lists(PARTS, min_size=1, max_size=8), st.data())
def test_a_document_put_twice_counts_once_and_one_removed_is_gone(parts: list[dict], data: st.DataObject) -> None:
    once, changed = Ranking(), Ranking()
    for key, part in enumerate(parts):
        once.put(Document(key, part))
        changed.put(Document(key, data.draw(PARTS)))
        changed.put(Document(key, part))
    wanted = {"sleep": 1.0, "exam": 0.5}
    assert once.weigh(wanted, []) == changed.weigh(wanted, [])
    for key in range(len(parts)):
        changed.remove(key)
    assert changed.weigh(wanted, []) == []
    assert list(changed.words) == []


@given(st.lists(PARTS, min_size=1, max_size=8), st.lists(PARTS, max_size=8))
def test_pages_of_less_worth_leave_the_order_of_the_others_alone(guides: list[dict], training: list[dict]) -> None:
    without, beside = Ranking(), Ranking()
    for key, part in enumerate(training, 100):
        beside.put(Document(key, part, worth=0.5))
    for key, part in enumerate(guides):
        without.put(Document(key, part))
        beside.put(Document(key, part))
    wanted = {"sleep": 1.0, "exam": 0.5, "night": 2.0}
    assert [pair for pair in beside.weigh(wanted, []) if pair[0] < 100] == without.weigh(wanted, [])


def test_only_the_best_of_a_common_word_are_looked_at() -> None:
    made = Ranking()
    for key in range(CHAMPIONS + 50):
        made.put(Document(key, {"title": ["sleep"] if key < 10 else [], "body": ["sleep"]}))
    found = made.weigh({"sleep": 1.0}, [])
    assert len(found) == CHAMPIONS
    assert {key for key, _score in found[:10]} == set(range(10))


def test_a_longer_phrase_counts_more() -> None:
    phrases = Phrases([(["mind", "race"], ["anxieti"]), (["race"], ["sport"])])
    assert phrases.meant(runs(["my", "mind", "race"])) == {"anxieti": 2, "sport": 1}


@given(st.lists(WORDS, max_size=12))
def test_every_run_stands_in_the_query(words: list[str]) -> None:
    text = f" {' '.join(words)} "
    assert all(f" {run} " in text for run in runs(words))


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_two_rankings_joined_hold_each_key_once_and_keep_what_both_agree_on(first: list[int], second: list[int]) -> None:
    joined = fused(first, second)
    assert sorted(joined) == sorted({*first, *second})
    assert fused(first, first) == first
    if first and second and first[0] == second[0]:
        assert joined[0] == first[0]
