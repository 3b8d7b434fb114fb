"""How much of a letter is its writer's own, and whom it resembles."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from campaigns import similarity
from campaigns.similarity import Crowd, Meter, OwnWords, Reading, Shapes

OURS = """I am writing about House Bill 118, which lets patients read their own health records on the day they are made.

I live in your district. Please support this bill when it comes before your committee, because patients who can read
their records ask better questions, notice mistakes, and come to their next visit prepared.

Hospitals in our state can do this with the systems they already have, and those who do tell us that nobody wants to
go back. The bill gives small clinics two years to prepare, and it does not change who may see a record.

Thank you for your service, and for taking the time to read this letter."""
FRENCH = """Je vous écris au sujet du projet de loi C-40, qui permet aux patients de lire leur dossier médical
le jour même.

J’habite votre circonscription. Veuillez appuyer ce projet de loi lorsqu’il sera étudié en comité : les patients qui
lisent leur dossier posent de meilleures questions, repèrent les erreurs et préparent leur prochaine visite."""
PARAPHRASE = """As a voter of yours, I ask for a yes on HB 118. It would open medical charts to the people they describe
without weeks of waiting. My experience is that errors get caught when somebody at home looks at the page. Clinics
with few employees receive a long grace period under the proposal, and privacy rules stay just as strict as today."""
SENTENCE = "My mother waited six weeks for her biopsy result last winter."
GROUPED = similarity.GROUPED_FROM_PERCENT
plain_words = st.lists(st.text("abcdefghij", min_size=1, max_size=4), min_size=1, max_size=60)
letters_of_three_words_or_more = st.lists(
    st.text("abcdefghij", min_size=1, max_size=4), min_size=3, max_size=60
)
# No text of the alphabet above has any of these.
fresh_words = st.lists(st.text("xyz", min_size=5, max_size=9), min_size=1, max_size=20)


def crowd(letter: str, *others: str) -> Crowd:
    return Shapes(map(similarity.shape_of, others)).crowd_of(similarity.shape_of(letter))


def test_the_unchanged_text_is_the_same_and_nothing_of_it_is_own():
    assert similarity.alike_percent(OURS, OURS) == 100
    assert similarity.own_words(OURS, OURS) == OwnWords(0, 113, 0)
    assert crowd(OURS, OURS) == Crowd(100, 1)


def test_case_accents_signs_and_line_breaks_make_no_letter_ones_own():
    shouted = FRENCH.upper().replace("É", "E").replace("’", "'").replace("\n", " ").replace(" :", "...")

    assert similarity.alike_percent(shouted, FRENCH) == 100
    assert similarity.own_words(shouted, FRENCH).words == 0


def test_a_paraphrase_is_ones_own_words():
    own = similarity.own_words(PARAPHRASE, OURS)

    assert own.percent > 90
    assert own.sentences == 4
    assert similarity.alike_percent(PARAPHRASE, OURS) < 5
    assert crowd(PARAPHRASE, OURS).grouped == 0


@pytest.mark.parametrize("ours", [OURS, FRENCH])
def test_one_sentence_of_ones_own_makes_a_letter_personal_though_offices_group_it(ours: str):
    letter = f"{ours}\n\n{SENTENCE}"

    own = similarity.own_words(letter, ours)

    assert (own.words, own.sentences, own.is_personal) == (11, 1, True)
    assert own.percent < similarity.PERSONAL_FROM_PERCENT
    assert crowd(letter, ours).grouped == 1


def test_a_french_sentence_between_ours_counts_too():
    first, second = FRENCH.split("\n\n")
    sentence = "Ma mère a attendu six semaines le résultat de sa biopsie."

    own = similarity.own_words(f"{first} {sentence} {second}", FRENCH)

    assert (own.words, own.sentences) == (11, 1)


def test_another_order_of_paragraphs_hides_no_copy():
    shuffled = "\n\n".join(reversed(OURS.split("\n\n")))

    assert similarity.own_words(shuffled, OURS).words == 0
    assert crowd(shuffled, OURS).grouped == 1


def test_another_name_and_number_hide_no_copy():
    letter = OURS.replace("House Bill 118", "Senate Bill 7").replace("your district", "Nashville")

    own = similarity.own_words(letter, OURS)

    assert own.words == 4
    assert not own.is_personal
    assert crowd(letter, OURS).grouped == 1


def test_leaving_out_half_of_our_text_adds_nothing_of_ones_own():
    first, _second, third, _fourth = OURS.split("\n\n")

    assert similarity.own_words(f"{first}\n\n{third}", OURS).words == 0


def test_a_fifth_of_the_words_makes_a_letter_personal_without_a_whole_sentence():
    assert OwnWords(20, 100, 0).is_personal
    assert not OwnWords(19, 100, 0).is_personal
    assert OwnWords(1, 100, 1).is_personal


@pytest.mark.parametrize("addition", ["Please please please please please please!", "Kind regards, Luis"])
def test_neither_one_word_over_and_over_nor_a_few_are_a_sentence(addition: str):
    assert similarity.own_words(f"{OURS}\n{addition}", OURS).sentences == 0


@pytest.mark.parametrize("text", ["", " \n ", "…!?", "\u202e"])
def test_a_letter_without_words_resembles_nothing(text: str):
    assert similarity.shape_of(text) == 0
    assert similarity.alike_percent(text, text) == 0
    assert crowd(text, OURS, text) == Crowd()
    assert crowd(OURS, text) == Crowd()
    assert similarity.meter_of(text, ours=OURS, others=Shapes()).reading == Reading.EMPTY


def test_two_words_can_be_compared():
    assert similarity.alike_percent("Vote yes", "vote YES!") == 100
    assert similarity.own_words("Vote yes", "Vote yes") == OwnWords(0, 2, 0)


def test_same_letters_are_kept_once_and_counted_all():
    shapes = Shapes(map(similarity.shape_of, [OURS, OURS, FRENCH, PARAPHRASE, OURS]))

    assert (len(shapes), shapes.different) == (5, 3)
    assert shapes.crowd_of(similarity.shape_of(OURS)) == Crowd(100, 3)


def test_of_very_many_different_letters_only_repetitions_are_taken_in():
    shapes = Shapes(map(similarity.shape_of, [OURS, FRENCH, PARAPHRASE, OURS]), most=2)

    assert (len(shapes), shapes.different) == (4, 2)
    assert shapes.crowd_of(similarity.shape_of(OURS)).grouped == 2
    assert shapes.crowd_of(similarity.shape_of(PARAPHRASE)).grouped == 0


def test_a_letter_longer_than_anybody_reads_is_cut_not_refused():
    endless = "word " * 300_000

    assert similarity.own_words(endless, OURS).total <= 20_000
    assert similarity.shape_of(endless) != 0


def test_a_shape_is_kept_as_512_bytes_whatever_the_length():
    for text in ("", "Vote yes", OURS, " ".join(map(str, range(20_000)))):
        kept = similarity.to_bytes(similarity.shape_of(text))
        assert len(kept) == 512
        assert similarity.from_bytes(kept) == similarity.shape_of(text)


def test_texts_of_twenty_thousand_words_are_still_told_apart():
    one, other = (
        " ".join(f"w{number}" for number in numbers) for numbers in (range(9_000), range(9_000, 18_000))
    )

    assert crowd(one, other).closest_percent < 10


@given(letters_of_three_words_or_more, fresh_words)
def test_the_more_words_of_ones_own_the_less_a_letter_is_like_any_other(theirs: list[str], added: list[str]):
    ours = " ".join(theirs)
    letters = [" ".join(theirs + added[:count]) for count in range(len(added) + 1)]

    likeness = [similarity.alike_percent(letter, ours) for letter in letters]
    own = [similarity.own_words(letter, ours).words for letter in letters]

    assert likeness == sorted(likeness, reverse=True)
    assert own == list(range(len(added) + 1))


@given(plain_words, plain_words)
def test_likeness_is_mutual(one: list[str], other: list[str]):
    first, second = " ".join(one), " ".join(other)

    exact = similarity.alike_percent(first, second)

    assert similarity.alike_percent(second, first) == exact
    assert crowd(first, second) == crowd(second, first)


@pytest.mark.parametrize("length", [100, 300, 1000])
@pytest.mark.parametrize("kept", [0, 25, 50, 60, 75, 90])
def test_shapes_tell_likeness_to_within_three_points(length: int, kept: int):
    common = [f"c{number}" for number in range(length * kept // 100)]
    one, other = (common + [f"{who}{number}" for number in range(length - len(common))] for who in "ab")

    exact = similarity.alike_percent(" ".join(one), " ".join(other))

    assert abs(crowd(" ".join(one), " ".join(other)).closest_percent - exact) <= 3


@pytest.mark.parametrize(
    ("letter", "others", "reading", "words"),
    [
        (OURS, [], "same", "Mostly our words so far"),
        (OURS, [OURS], "same", "Mostly the same as 1 other letter: offices group these."),
        (OURS, [OURS, OURS], "same", "Mostly the same as 2 other letters: offices group these."),
        (f"{OURS} {SENTENCE}", [OURS], "partly", "You added words of your own"),
        (PARAPHRASE, [OURS], "own", "Your own words: good."),
        (PARAPHRASE, [PARAPHRASE], "same", "Mostly the same as 1 other letter"),
        (f"{OURS} {SENTENCE}", [f"{OURS} {SENTENCE}"], "partly", "others send too"),
        ("", [OURS], "empty", "Nothing is written yet."),
    ],
)
def test_the_meter_says_in_words_where_a_letter_stands(
    letter: str, others: list[str], reading: str, words: str
):
    meter = similarity.meter_of(letter, ours=OURS, others=Shapes(map(similarity.shape_of, others)))

    with override("en"):
        assert (meter.reading, words in meter.words) == (reading, True)


def test_where_the_organisation_gives_no_text_every_word_is_ones_own():
    meter = similarity.meter_of(SENTENCE, ours="", others=Shapes())

    assert meter == Meter(0, OwnWords(11, 11, 1), Crowd())
    assert meter.reading == Reading.OWN
