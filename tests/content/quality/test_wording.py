"""The table of words that can hurt: what each rule finds, and what it leaves alone."""

import pytest
import yaml

from content.quality.draft import Part
from content.quality.unsafe_words import unsafe
from content.quality.wording import WordingError, read, wording

RULES = wording("en").rules
FOUND = {
    "committed-suicide": ["He committed suicide last year.", "Some commit suicide.", "if you commit  suicide"],
    "successful-suicide": [
        "An unsuccessful attempt on her life",
        "After a failed suicide attempt",
        "The attempt was unsuccessful.",
        "He succeeded in taking his own life",
    ],
    "completed-suicide": ["Most who complete suicide are men."],
    "suicide-epidemic": [
        "Suicide rates are soaring.",
        "a suicide epidemic in schools",
        "This bridge is a suicide hotspot.",
        "a spate of suicides",
    ],
    "cry-for-help": ["It was a cry for help.", "She is attention-seeking.", "He only wants attention."],
    "single-cause": [
        "He took his own life after losing his job.",
        "He killed himself because he was bullied.",
        "Bullies drove her to suicide.",
        "She was bullied to death.",
    ],
    "suicide-as-an-answer": ["For him suicide was the only way out.", "They are better off dead."],
    "suicide-note": ["Her suicide note said that she was tired."],
    "method-amounts": [
        "She took 30 paracetamol.",
        "a handful of pills",
        "500mg",
        "He overdosed on painkillers.",
        "a lethal dose",
    ],
    "method-hanging": [
        "He was found hanging.",
        "He hanged himself.",
        "She was found hanged.",
        "with a ligature",
        "death by hanging",
    ],
    "method-cutting": ["She cut her wrists.", "a razor blade", "cutting deeper"],
    "method-places": [
        "He jumped off a bridge.",
        "She stepped in front of a train.",
        "threw himself under the tube",
        "fell 30 feet",
    ],
    "method-others": [
        "He drowned himself.",
        "She drank bleach.",
        "exhaust fumes",
        "set himself on fire",
        "charcoal burning",
    ],
    "method-advice": [
        "the easiest way to end your life",
        "the least painful and quickest way to die",
        "how to hurt yourself",
        "Hide your scars: hide the cuts",
    ],
    "suffers-from": ["She suffers from depression.", "depression sufferers", "a victim of abuse"],
    "mentally-ill-people": [
        "people who are mentally ill",
        "The mentally ill are dangerous.",
        "He is a psycho.",
        "What a crazy thing",
        "a madman",
        "nutters",
    ],
    "named-by-an-illness": [
        "self-harmers",
        "She is schizophrenic.",
        "Schizophrenics hear voices.",
        "He is a schizophrenic",
        "A schizophrenic who hears voices",
    ],
    "addicts": ["Addicts need help.", "drug abuse", "He is an alcoholic.", "junkies", "a drug user"],
    "child-pornography": ["child pornography", "child porn"],
    "anorexic-as-a-name": ["Anorexics often hide food.", "She is an anorexic.", "He was bulimic."],
    "eating-numbers": [
        "a BMI below 18.5, or more",
        "She lost 2 stone.",
        "Eat 1,200 calories a day.",
        "a BMI of 17",
        "She lost two, then 12 kg.",
        "He weighed 45 kilos.",
        "size zero",
    ],
    "eating-methods": ["Some use laxatives.", "thinspo"],
    "cheer-up": [
        "Think positive!",
        "Just cheer up!",
        "Snap out of it.",
        "Man up.",
        "You will get over it.",
        "It is all in your head.",
    ],
    "blame": [
        "It is your fault.",
        "This was all her own fault.",
        "You only have yourself to blame.",
        "She was asking for it.",
    ],
    "promises": [
        "You will be cured.",
        "It is guaranteed.",
        "This always works.",
        "You will recover.",
        "Everything will be fine.",
    ],
    "you-must": ["You must talk to somebody."],
    "you-should-have": ["You should have told somebody.", "Maybe you should’ve left."],
}
LEFT_ALONE = {
    "committed-suicide": [
        "He died by suicide.",
        "They are committed to suicide prevention.",
        "Do not say “committed suicide”.",
    ],
    "successful-suicide": ["After a suicide attempt", "You failed an exam.", "Instead of “failed suicide”, say “attempt”."],
    "completed-suicide": ["Complete the suicide prevention course."],
    "suicide-epidemic": ["Thoughts of suicide are common.", "the wave of grief after a suicide"],
    "cry-for-help": ["If you cry, ask for help.", "It is not “attention seeking”.", "It is not for attention."],
    "single-cause": [
        "She died by suicide after the summer.",
        "She never took her own life because of one thing.",
        "She took her own life. Her dad asked why.",
    ],
    "suicide-as-an-answer": [
        "Suicide is never a way out.",
        "thoughts of suicide",
        "“They are better off dead” is the illness talking.",
    ],
    "suicide-note": ["Your notes said that you slept badly."],
    "method-amounts": [
        "She took an overdose.",
        "Ask a pharmacist about your tablets.",
        "Two people with tablets",
        "9.30 to 16",
    ],
    "method-hanging": [
        "Hang in there.",
        "Hang your coat by the door.",
        "hanging around with friends",
        "suffocating at home",
    ],
    "method-cutting": ["Cut the arms of the shirt.", "Cut the page in two.", "Cut your list in half.", "arms and legs"],
    "method-places": ["Look out of a window.", "Step off the bus.", "Walk to the train.", "Walk in the park."],
    "method-others": ["Have a carbon monoxide alarm.", "drowning in work", "Drink water."],
    "method-advice": ["the best way to end your call", "the easiest way to start", "how to hurt less", "Hide your phone."],
    "suffers-from": ["She has depression.", "She said, “I suffer from nerves.”", "suffering with care", "victims of crime"],
    "mentally-ill-people": ["people with mental health problems", "“I thought I was going crazy.”", "the Prophet Muhammad"],
    "named-by-an-illness": ["schizophrenia", "a psychotic episode", "a depressive phase"],
    "addicts": ["people who use drugs", "Alcoholics Anonymous", "alcoholic drinks", "addiction"],
    "child-pornography": ["child sexual abuse images"],
    "anorexic-as-a-name": ["somebody with anorexia", "anorexic thoughts"],
    "eating-numbers": [
        "The price has dropped by 5 pounds.",
        "Eat three meals a day.",
        "Carry 5 kg of rice.",
        "weight on your mind for 2 weeks",
        "Lend 20 pounds.",
    ],
    "eating-methods": ["Ramadan fasting", "going to the bathroom after meals"],
    "cheer-up": [
        "Cheer up the room with a plant.",
        "Calm down the noise.",
        "“Just cheer up” hurts.",
        "Get a grip on the cup.",
    ],
    "blame": [
        "It is not your fault.",
        "It’s never your fault.",
        "You may think that it is your fault.",
        "You are not to blame.",
        "Ask for it.",
    ],
    "promises": [
        "It can help.",
        "Nobody can say that you will be fine.",
        "You will be asked about it.",
        "There is no guarantee.",
    ],
    "you-must": ["By law, you must pay.", "a thing you must do", "You must not drive."],
    "you-should-have": ["You should have had better.", "Nothing here says that you should have known.", "You should rest."],
}


def names(words: str, **where: str) -> set[str]:
    """The rules that find something in a text."""
    return {rule.name for rule, _words in unsafe(Part("body", "Words", words, words=words, **where), RULES)}


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, texts in FOUND.items() for words in texts])
def test_words_that_can_hurt_are_found(rule: str, words: str) -> None:
    assert rule in names(words)


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, texts in LEFT_ALONE.items() for words in texts])
def test_words_that_only_look_alike_are_left_alone(rule: str, words: str) -> None:
    assert rule not in names(words)


def test_each_rule_is_tried_both_ways() -> None:
    assert {rule.name for rule in RULES} == set(FOUND) == set(LEFT_ALONE)
    assert len(RULES) >= 17


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.spares != "nothing"], ids=lambda rule: rule.name)
def test_what_not_to_say_can_be_said_among_the_donts(rule: object) -> None:
    said = FOUND[rule.name][0]
    assert rule.name not in names(said, block_type="do_dont", name="dont")
    assert rule.name in names(said, block_type="do_dont", name="do")
    assert rule.name not in names(f"Never say:\n• “{said}”\n• or the like")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.spares == "nothing"], ids=lambda rule: rule.name)
def test_a_method_is_found_wherever_it_is_told(rule: object) -> None:
    for said in FOUND[rule.name]:
        assert rule.name in names(f"Never say “{said}”")
        assert rule.name in names(said, block_type="do_dont", name="dont")
        assert rule.name in names(said, block_type="quote", name="words")


def test_somebody_who_is_quoted_may_speak_as_she_likes_but_not_hurt_others() -> None:
    assert names("I thought I was crazy. I felt it was my fault.", block_type="quote", name="words") == set()
    assert names("My brother committed suicide.", block_type="quote", name="words") == {"committed-suicide"}


def test_a_warning_covers_its_own_sentence_only() -> None:
    assert names("Do not say his name. He committed suicide.") == {"committed-suicide"}
    assert names("Do not say: “Cheer up. Snap out of it.”") == set()
    assert names("Things to avoid saying:\n• cheer up\n• man up\nSnap out of it.") == {"cheer-up"}


def a_table(**changed: object) -> str:
    rule = {"name": "x", "words": ["bad"], "why": "w", "instead": "i", "blocks": True, "spares": "nothing", "source": "s"}
    rule = {key: value for key, value in (rule | changed).items() if value is not None}
    return yaml.safe_dump({"sources": {"s": "A guide"}, "hard_subjects": ["hard"], "rules": [rule]})


def test_a_table_is_read_with_the_full_name_of_its_source() -> None:
    (rule,) = read(a_table(), "xx.yaml").rules
    assert (rule.source, rule.unless, rule.blocks) == ("A guide", None, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"why": None}, "rule 1 “x”: missing or unknown: why"),
        ({"colour": "red"}, "missing or unknown: colour"),
        ({"words": ["(bad"]}, "“[(]bad” cannot be read"),
        ({"words": ["b*"]}, "finds everything"),
        ({"words": []}, "a list of words"),
        ({"unless": "not"}, "a list of words"),
        ({"instead": " "}, "“instead” needs words"),
        ({"blocks": "yes"}, "“blocks” is true or false"),
        ({"spares": "some"}, "“spares” is one of nothing, warnings, speech"),
        ({"source": "nobody"}, "“nobody” is not among the sources"),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_rule(changed: dict[str, object], said: str) -> None:
    with pytest.raises(WordingError, match=said):
        read(a_table(**changed), "xx.yaml")


def test_a_file_that_is_no_table_says_so() -> None:
    with pytest.raises(WordingError, match=r"xx\.yaml: this is not YAML"):
        read("a: [", "xx.yaml")
    with pytest.raises(WordingError, match="it needs hard_subjects, rules, sources"):
        read("rules: []", "xx.yaml")
    twice = yaml.safe_load(a_table())
    twice["rules"] *= 2
    with pytest.raises(WordingError, match="two rules are called “x”"):
        read(yaml.safe_dump(twice), "xx.yaml")


def test_a_language_without_a_table_has_no_rules() -> None:
    assert wording("xx") is None
