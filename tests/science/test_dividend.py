"""The dividend: ratios turned so that above 1 is better, ranges, nothing alone; the Shapley value
against published games.
"""

from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.learning import progress, record
from helpers.science.dividend import (
    Access,
    Dividend,
    DividendError,
    compare,
    each,
    from_payload,
    grown,
    shapley,
)
from tests.gains import hold_never_falls


def gain(better="high", alone=80, together=320, same_size=None):
    return Dividend(
        question="How much?",
        unit="minutes a day",
        better=better,
        alone=alone,
        together=together,
        same_size=same_size,
    )


@pytest.mark.parametrize(
    "better, alone, together, ratio",
    [
        ("high", 80, 320, 4.0),
        ("low", 12, 3, 4.0),
        ("high", 320, 80, 0.25),
        ("low", 3, 12, 0.25),
        ("high", 5, 5, 1.0),
        ("high", (80, 160), 320, (2.0, 4.0)),
        ("low", (6, 12), 3, (2.0, 4.0)),
        ("high", 80, (160, 320), (2.0, 4.0)),
        ("low", 12, (3, 6), (2.0, 4.0)),
        ("high", (1, 2), (4, 8), (2.0, 8.0)),
        ("low", (4, 8), (1, 2), (2.0, 8.0)),
        ("high", (0, 2), 4, (2.0, inf)),
        ("low", 3, 0, inf),
        ("high", 3, 0, 0.0),
        ("low", 3, inf, 0.0),
        ("high", 0, 5, None),
        ("low", inf, 5, None),
        ("high", 0, 0, None),
        ("low", inf, inf, None),
        ("low", (5, inf), 5, (1.0, inf)),
    ],
)
def test_ratio_above_one_is_better(better, alone, together, ratio):
    assert gain(better, alone, together).ratio() == ratio


def test_only_together_has_no_ratio():
    assert gain("high", 0, 5).only_together and gain("low", inf, 5).only_together
    assert not gain("high", 0, 0).only_together and not gain("high", (0, 1), 5).only_together
    assert (
        gain("high", 0, 5).verdict() == "only together"
        and gain("low", inf, inf).verdict() == "neither has it"
    )


def test_same_size_shows_cooperation_itself():
    one = gain(same_size=300)
    assert one.ratio("same size") == pytest.approx(320 / 300) and one.ratio() == 4
    assert gain().ratio("same size") is None and gain().verdict("same size") == "not known"


@pytest.mark.parametrize(
    "alone, says",
    [
        (80, "4 times: better"),
        (310, "1.03 times: about the same"),
        (291, "1.1 times: better"),
        (346, "0.925 times: worse"),
        (640, "0.5 times: worse"),
        ((160, 640), "0.5 to 2 times: better or worse, the ranges overlap"),
    ],
)
def test_verdict_in_words(alone, says):
    assert gain(alone=alone).verdict() == says


@pytest.mark.parametrize(
    "change, says",
    [
        ({"better": "more"}, "better = 'more'; accepted: 'high' or 'low'"),
        ({"question": " "}, "question = ' '"),
        ({"alone": -1}, "alone = -1"),
        ({"alone": "much"}, "alone = 'much'"),
        ({"together": (3, 2)}, r"together = \(3, 2\)"),
        ({"together": (1, 2, 3)}, "a range"),
        ({"same_size": float("nan")}, "same_size = nan"),
        ({"alone": None}, "alone = None"),
        ({"alone": True}, "alone = True"),
    ],
)
def test_bad_values_are_named(change, says):
    with pytest.raises(DividendError, match=says):
        Dividend(
            **{
                "question": "How much?",
                "unit": "h",
                "better": "high",
                "alone": 1,
                "together": 2,
                **change,
            }
        )


def test_ratio_needs_a_known_word():
    with pytest.raises(DividendError, match="against = 'nobody'"):
        gain().ratio("nobody")


def test_a_dividend_does_not_change():
    with pytest.raises(FrozenInstanceError):
        gain().alone = 3


def test_text_and_table_say_the_same():
    one = Dividend(
        question="Long < enough?",
        unit="h",
        better="low",
        alone=(2, 12345),
        together=1.5,
        same_size=inf,
    )
    assert repr(one) == (
        "Dividend: Long < enough? (h; low is better)\n  alone: 2 to 12,345, 1.33 to 8,230 times: "
        "better\n"
        "  same size: without end, only together\n  together: 1.5"
    )
    table = one._repr_html_()
    assert "Long &lt; enough?" in table and 'scope="row"' in table and table.count("<tr>") == 4
    assert repr(one) == repr(from_payload(one.payload()))


VALUES = st.one_of(
    st.floats(0, 1e9),
    st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)).map(lambda ends: tuple(sorted(ends))),
    st.just(inf),
)


@given(st.sampled_from(["high", "low"]), VALUES, VALUES, st.one_of(st.none(), VALUES))
def test_payload_keeps_everything(better, alone, together, same_size):
    one = gain(better, alone, together, same_size)
    assert from_payload(one.payload()) == one
    ratio = one.ratio()
    if isinstance(ratio, tuple):
        assert 0 <= ratio[0] <= ratio[1]


# --- computed in one way -------------------------------------------------------------------------

SHOPS = {
    "Ana": [8, 9, 10, 11],
    "Ben": [10, 11, 12],
    "Cleo": [17],
}  # the hours in which each has bread


def hours(units):
    return len(set(units))


def longer_days(owner, own, more):
    """At home one may only open again in hours that somebody bakes: 8 to 12 and 17."""
    return [*own, *[8, 9, 10, 11, 12, 17, 8, 9][:more]]


def any_hours(owner, own, more):
    return [*own, *range(100, 100 + more)]


def shops(gain=hours, partners=SHOPS, at_home=longer_days, anywhere=any_hours, **options):
    return compare(
        gain,
        partners,
        at_home=at_home,
        anywhere=anywhere,
        question="How long is there bread?",
        unit="hours a day",
        **options,
    )


def test_compare_computes_all_three_of_one_owner():
    # Hour 10 and hour 11 are units of two owners: six units in all, so Ana gets two more.
    one = shops()
    assert (one.owner, one.alone, one.together, one.same_size) == ("Ana", 4, 6, (4, 6))
    assert one.ratio() == 1.5 and one.ratio("same size") == (1.0, 1.5)
    assert one.sentence() == (
        "The best partner alone (Ana): 4 hours a day. All together: 6 hours a day. Against alone "
        "1.5 times: better. "
        "The same owner with as many units: 4 to 6. Against the same size 1 to 1.5 times: better."
    )


def test_own_land_is_a_second_value():
    one = shops(land=lambda owner, hour: owner != "Ana" or hour > 10)
    assert one.own_land == ("Ben", 3) and "own land only: 3 (Ben), 2 times: better" in repr(one)
    assert "on own land only, Ben: 3" in one.sentence()


def test_low_may_be_better():
    wait = lambda units: 24 / len(set(units))
    one = shops(wait, better="low")
    assert (one.alone, one.together, one.same_size) == (6, 4, (6, 4))
    assert one.spread("same size") == (4, 6) and one.ratio("same size") == (1.0, 1.5)


def test_what_is_uncertain_acts_on_all_values_alike():
    # Two readings of one level: each ratio compares values under the same reading.
    both = lambda units: (2 * hours(units), 3 * hours(units))
    one = shops(both)
    assert one.alone == (8, 12) and one.together == (12, 18)
    assert one.ratio() == (1.5, 1.5) and one.ratio("same size") == (1.0, 1.5)
    assert one.spread("same size") == (8, 18)
    # the ends of a reading belong together even where one falls and another rises
    crossing = lambda units: (hours(units), 20 - 2 * len(SHOPS["Ana"]) + hours(units) / 10)
    assert shops(crossing).ratio() == pytest.approx((12.6 / 12.4, 1.5))


@pytest.mark.parametrize(
    "change, says",
    [
        ({"partners": {"Ana": [8]}}, r"partners with units = \['Ana'\]"),
        ({"partners": {"Ana": [8], "Ben": []}}, "two owners or more"),
        ({"at_home": lambda owner, own, more: own}, "at_home gives 4 units; accepted: 6"),
        ({"anywhere": lambda owner, own, more: [*range(20, 26)]}, "anywhere moves 8"),
        ({"anywhere": lambda owner, own, more: [*own, 8, 8]}, None),
        ({"at_home": any_hours, "anywhere": longer_days}, "same size, high end = 4.0 is worse"),
        ({"gain": lambda units: 10 - len(units)}, "together = 4.0 is worse than alone = 9.0"),
    ],
)
def test_compare_refuses_what_cannot_be(change, says):
    if says is None:
        assert shops(**change).same_size == (4, 4)
        return
    with pytest.raises(DividendError, match=says):
        shops(**change)


@pytest.mark.parametrize(
    "values, says",
    [
        ({"alone": 152, "together": 397, "same_size": (90.5, 397)}, "same size, low end = 90.5"),
        ({"alone": 15.8, "together": 15.0}, "together = 15.0 is worse than alone = 15.8"),
        ({"alone": (1, 5), "together": (2, 4)}, r"together = \(2.0, 4.0\) is worse"),
        ({"better": "low", "alone": 1, "together": 2}, "low is better"),
        ({"better": "low", "alone": 3, "together": 2, "same_size": (5, 1)}, "low end = 5.0"),
    ],
)
def test_the_type_refuses_what_cannot_be(values, says):
    with pytest.raises(DividendError, match=says):
        Dividend(**{"question": "?", "unit": "h", "better": "high", "owner": "Ana", **values})


def test_units_that_contradict_one_another_are_the_named_exception():
    values = dict(question="How sure?", unit="Ma", better="low", owner="A", alone=3, together=10)
    assert Dividend(**values, contradicting=True).ratio() == 0.3
    with pytest.raises(DividendError, match="is worse than alone"):
        Dividend(**values)
    with pytest.raises(DividendError, match="same size, low end"):
        Dividend(**values, contradicting=True, same_size=(4, 2))


@given(
    st.dictionaries(
        st.text("abc", min_size=1), st.lists(st.integers(0, 40), min_size=1), min_size=2
    )
)
def test_alone_low_high_stand_in_order_for_any_partners(partners):
    at_home = lambda owner, own, more: [*own, *own[:1] * more]
    one = shops(partners=partners, at_home=at_home)
    assert one.alone <= one.together and one.alone <= one.same_size[0] <= one.same_size[1]
    assert from_payload(one.payload()) == one


def test_a_gain_does_not_fall():
    hold_never_falls(hours, range(9))
    hold_never_falls(lambda units: inf if not units else 5 / len(units), range(9), "low")
    with pytest.raises(AssertionError, match="when 3 is added to"):
        hold_never_falls(lambda units: len(units) - 2 * (3 in units), range(9))


# --- who gets in ---------------------------------------------------------------------------------


def ticket(**changes):
    values = dict(
        question="What is the smallest ticket?",
        unit="million US dollars",
        better="low",
        alone=(3000, 5000),
        together=(20, 90),
        alone_is="own programme",
        together_is="a seat",
    )
    return Access(**{**values, **changes})


def test_an_access_number_has_no_same_size():
    one = ticket()
    assert one.ratio() == pytest.approx((3000 / 90, 250)) and one.spread("same size") is None
    assert one.sentence().startswith(
        "Alone (own programme): 3,000 to 5,000 million US dollars. Together"
    )
    assert "same size" not in repr(one) and from_payload(one.payload()) == one
    with pytest.raises(TypeError):
        ticket(same_size=3)
    with pytest.raises(DividendError, match="alone_is = ' '"):
        ticket(alone_is=" ")


def test_access_numbers_stand_in_a_table_of_their_own(learner_folder):
    record.dividend("03", ticket())
    record.dividend("02", gain())
    assert record.access_numbers() == {"03": ticket()} and record.dividends() == {"02": gain()}


# --- kept in the log -----------------------------------------------------------------------------


def test_record_keeps_the_latest_of_each_lesson(learner_folder):
    record.dividend("08", gain(alone=1))
    record.dividend("02", gain(alone=1))
    shown = record.dividend("02", gain("low", inf, (2, 3)))
    assert shown == gain("low", inf, (2, 3))
    assert record.dividends() == {"02": gain("low", inf, (2, 3)), "08": gain(alone=1)}
    assert list(record.dividends()) == ["02", "08"]


def test_record_leaves_out_what_is_not_a_dividend(learner_folder):
    progress.append("dividend", {"lesson": "03", "question": "half an event"})
    assert record.dividends() == {}


@pytest.mark.parametrize("lesson, one", [("2", gain()), (2, gain()), ("02", 4.0)])
def test_record_refuses_other_things(lesson, one):
    with pytest.raises(DividendError, match="accepted"):
        record.dividend(lesson, one)


# --- as many in one hand --------------------------------------------------------------------------


def test_units_are_added_one_by_one_where_they_add_most():
    covered = each(lambda units: len(set().union(*units)))
    offers = [frozenset("ab"), frozenset("bcd"), frozenset("ae"), frozenset("bcd")]
    assert grown([frozenset("a")], 2, offers, covered) == [*map(frozenset, ("a", "bcd", "ae"))]
    low = grown([5], 2, [4, 3, 3.0], lambda units, offers: offers, better="low")
    assert low == [5, 3, 3] and isinstance(low[1], int)  # of equal ones the first; again, if best
    left = lambda units: [n for n in range(5) if n not in units]
    assert grown([4], 9, left, each(sum), until=lambda units: sum(units) > 8) == [4, 3, 2]


def test_nothing_to_add_is_an_error():
    with pytest.raises(DividendError, match="at least one unit"):
        grown([1], 1, [], each(sum))
    assert grown([1], 0, [], each(sum)) == [1]


# --- Shapley --------------------------------------------------------------------------------------


def test_shapley_of_the_airport_game():
    # Runway costs 8, 11, 17, 19 for aircraft A to D: each stretch is shared by those who need it
    # (Littlechild and Owen, 1973).
    costs = {"A": 8, "B": 11, "C": 17, "D": 19}
    shares = shapley(costs, lambda group: max((costs[p] for p in group), default=0))
    assert shares == {"A": Fraction(2), "B": Fraction(3), "C": Fraction(6), "D": Fraction(8)}


def test_shapley_of_the_security_council():
    # Five members with a veto and six without, seven votes needed: the five hold 98.7 % (Shapley
    # and Shubik, 1954).
    members = [*"ABCDE", *range(6)]
    power = shapley(members, lambda group: int(set("ABCDE") <= group and len(group) >= 7))
    assert power["A"] == Fraction(76, 385) and power[0] == Fraction(1, 462)
    assert float(5 * power["A"]) == pytest.approx(0.987, abs=5e-4)


def test_shapley_shares_all_that_the_whole_group_is_worth():
    worth = {frozenset("A"): 0.1, frozenset("B"): 0.2, frozenset("AB"): 0.5, frozenset(): 0}
    shares = shapley("AB", worth.__getitem__)
    assert sum(shares.values()) == Fraction(0.5) and float(shares["A"]) == pytest.approx(0.2)


@pytest.mark.parametrize(
    "players, worth, says",
    [
        ("AA", lambda g: 0, "each once"),
        ([], lambda g: 0, "at least one"),
        ("AB", lambda g: 1, "worth 1; accepted: 0"),
    ],
)
def test_shapley_refuses_what_is_no_game(players, worth, says):
    with pytest.raises(DividendError, match=says):
        shapley(players, worth)


@pytest.mark.parametrize("better, loss", [("high", -1), ("low", 1)])
def test_what_differs_by_rounding_only_is_no_loss(better, loss):
    values = dict(question="How much?", unit="h", better=better, owner="A", alone=80)
    for off in (-1e-10, 0, 1e-10):
        Dividend(**values, together=80 * (1 + off))
    with pytest.raises(DividendError, match="is worse than alone"):
        Dividend(**values, together=80 * (1 + 1e-8 * loss))
