"""Interactive figures: driven from Python, readable without a kernel,
clear about what they do not take.
"""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers import figures
from helpers.figures import explore

TOWNS = pd.DataFrame(
    {"name": ["Lima", "Suva"], "latitude_deg": [-12.05, -18.14], "longitude_deg": [-77.05, 178.44]}
)


def draw(height, kind, extras, grid, towns):
    """Draw a point at a height; fail at 300 on purpose."""
    if height == 300:
        raise ValueError("300 is not drawn")
    fig, ax = plt.subplots()
    ax.plot([0], [height])
    return (
        fig,
        f"{kind} at {height} km with {', '.join(extras) or 'nothing'}, grid {grid}, towns "
        f"{', '.join(towns) or 'none'}.",
    )


def controls():
    return {
        "height": explore.slider(200, 400, 10, 390, "Height", "km"),
        "kind": explore.choice(["Circle", "Ellipse"], "Circle", "Shape"),
        "extras": explore.several(["drag", "burns"], ["drag"], "With"),
        "grid": explore.tick(True, "Grid"),
        "towns": explore.world_points(TOWNS, ["Lima"], "Towns"),
    }


@pytest.fixture
def view():
    with plt.rc_context():
        figures.style()
        one = explore.explore(draw, "A test", **controls())
        yield one
        one.close()
    plt.close("all")


START = "Circle at 390 km with drag, grid True, towns Lima."


def test_it_starts_at_its_start_values(view):
    assert view.text == START and view.picture.startswith(b"\x89PNG")
    assert view.values == {
        "height": 390,
        "kind": "Circle",
        "extras": ["drag"],
        "grid": True,
        "towns": ["Lima"],
    }


def test_set_moves_and_redraws(view):
    before = view.picture
    assert (
        view.set(height=250, kind="Ellipse", extras=[], towns=["Suva", "Lima"])
        == "Ellipse at 250 km with nothing, grid True, towns Lima, Suva."
    )
    assert view.picture != before and view.values["height"] == 250 and plt.get_fignums() == []
    assert (
        view.set(height=249) == "Ellipse at 250 km with nothing, grid True, towns Lima, Suva."
    )  # the nearest step


@pytest.mark.parametrize(
    "values, says",
    [
        ({"size": 3}, "no control 'size'; accepted: height, kind, extras, grid, towns"),
        ({"height": 401}, "height = 401; accepted: numbers from 200 to 400 km"),
        ({"height": "high"}, "height = 'high'"),
        ({"height": float("nan")}, "height = nan"),
        ({"height": True}, "height = True"),
        ({"kind": "Square"}, "kind = 'Square'; accepted: 'Circle', 'Ellipse'"),
        ({"extras": ["wind"]}, "extras has no 'wind'"),
        ({"extras": 3}, "extras has no 3"),
        ({"grid": "yes"}, "grid = 'yes'; accepted: True or False"),
        ({"towns": "Rome"}, "towns has no 'Rome'"),
    ],
)
def test_set_refuses_and_stays(view, values, says):
    with pytest.raises(explore.ExploreError, match=says):
        view.set(**values)
    assert view.text == START


def test_a_draw_that_fails_becomes_a_sentence(view):
    assert view.set(height=300) == "This setting cannot be drawn: 300 is not drawn"
    assert view.picture == b"" and view.set(height=310).startswith("Circle at 310")


def test_request_of_the_page_is_answered_by_number(view):
    view.request = {"number": 7, "values": {"height": 220, "grid": False}}
    assert view.answer == 7 and view.text == "Circle at 220 km with drag, grid False, towns Lima."
    view.request = {"number": 8, "values": {"height": 9000}}
    assert view.answer == 8 and view.text.startswith("This setting is not accepted: height = 9000")
    view.request = {"number": 9, "values": {"grid": True}}
    assert view.answer == 9 and view.text == "Circle at 220 km with drag, grid True, towns Lima."


def test_a_slider_on_its_way_keeps_the_axes_where_they_stand():
    def wider(height):
        fig, (ax, other) = plt.subplots(1, 2)
        figures.heading(fig, "How high?")
        ax.plot([0, 1], [0, height])
        other.imshow([[0, height]], aspect="equal")
        boxes.append(fig)
        return fig, f"{height} km."

    def places():
        return [ax.get_position(original=True).bounds for ax in boxes[-1].axes]

    boxes, high = [], explore.slider(1, 100000, 1, 1, "Height", "km")
    with plt.rc_context():
        figures.style()
        one = explore.explore(wider, "On its way", height=high)
        narrow = places()
        one.request = {"number": 1, "values": {"height": 100000}, "moving": True}
        assert places() == narrow and one.text == "100000 km."
        one.request = {"number": 2, "values": {"height": 100000}}
        rested, picture = places(), one.picture
        assert rested[0][0] > narrow[0][0] + 0.02  # wider numbers beside the axis, laid out at rest
        one.request = {"number": 3, "values": {"height": 100000}, "moving": True}
        assert places() == rested and one.picture == picture  # no jump where nothing has moved
        one.close()
    plt.close("all")


def test_the_last_answers_are_kept_those_on_the_way_apart_and_no_error(view):
    drawn = []

    def count(x):
        drawn.append(x)
        if x == 3:
            raise ValueError("not drawn")
        fig, ax = plt.subplots()
        ax.plot([0, 10**x])  # longer numbers beside the axis move it
        return fig, f"x is {x}."

    one = explore.explore(count, "Kept", x=explore.slider(0, 100, 1, 0, "x"))
    for moving, x, times in (
        (False, 0, 1),  # the start
        (False, 5, 2),
        (False, 0, 2),
        (True, 5, 3),  # with the axes of 0: not the answer at rest
        (True, 5, 3),
        (False, 5, 3),
        (False, 3, 4),
        (False, 3, 5),  # an error may pass
    ):
        one.request = {"number": times, "values": {"x": x}, "moving": moving}
        assert len(drawn) == times, (moving, x)
    at_rest = one.set(x=5), one.picture
    one.request = {"number": 9, "values": {"x": 0}, "moving": False}
    one.request = {"number": 10, "values": {"x": 5}, "moving": True}
    assert one.text == at_rest[0] and one.picture != at_rest[1]
    for x in range(10, 10 + explore.ANSWERS):
        one._answer({"x": x}, None)
    assert len(one._answers) == explore.ANSWERS
    before = len(drawn)
    assert one.set(x=10) and one.set(x=5) and len(drawn) == before + 1  # 5 has been dropped


def test_the_answers_kept_stay_within_their_bytes(view, monkeypatch):
    one = explore.explore(
        lambda x: (plt.figure(), f"x is {x}."), "Bytes", x=explore.slider(0, 9, 1, 0, "x")
    )
    monkeypatch.setattr(explore, "KEPT_BYTES", 3 * len(one.picture))
    for x in range(1, 6):
        one.set(x=x)
    assert [text for _, text, *_ in one._answers.values()] == ["x is 3.", "x is 4.", "x is 5."]
    monkeypatch.setattr(explore, "KEPT_BYTES", 1)
    one.set(x=6)
    assert [text for _, text, *_ in one._answers.values()] == ["x is 6."]  # the last one stays


def test_on_the_way_the_label_of_an_axis_stays_where_it_stands():
    with plt.rc_context():
        figures.style()
        narrow, wide = (plt.subplots()[0] for _ in range(2))
        for fig, most in ((narrow, 9), (wide, 90_000)):
            fig.axes[0].set(ylabel="y", ylim=(0, most))
        figures.png(narrow)
        kept = figures.layout(narrow)
        figures.lay_out(wide, kept)
        figures.png(wide)
        assert repr(figures.layout(wide)) == repr(kept)
    plt.close("all")


def test_a_picture_holds_nothing_of_the_one_before():
    with plt.rc_context():
        figures.style()
        full, bare = (plt.subplots()[0] for _ in range(2))
        bare.patch.set_visible(False)  # it paints nothing over what was there
        full.axes[0].plot([0, 1], [0, 1], label="a line")
        first = figures.png(bare, small=False)
        assert figures.png(full, small=False) != first
        assert figures.png(bare, small=False) == first
    plt.close("all")


def test_a_figure_of_another_shape_is_laid_out_anew_on_the_way():
    with plt.rc_context():
        figures.style()
        two, three = plt.subplots(1, 2)[0], plt.subplots(1, 3)[0]
        figures.png(two)
        figures.lay_out(three, figures.layout(two))
        assert three.get_layout_engine() is not None
        bare = plt.figure(layout="none")
        bare.add_subplot()
        figures.png(bare)
        figures.lay_out(bare, figures.layout(bare))  # a figure that lays itself out stays as it is
    plt.close("all")


def test_without_a_kernel_picture_controls_and_sentence_remain(view):
    data = view._repr_mimebundle_()
    view.set(height=250)
    assert view._repr_mimebundle_() == data  # the start setting, wherever the controls stand
    assert (
        "application/vnd.jupyter.widget-view+json" in data
        and figures.stored({"data": data})
        and 'alt="Figure: A test"' in data["text/html"]
    )
    assert (
        data["text/plain"]
        == f"""Interactive figure: A test
  Height: 200 to 400 km in steps of 10; start 390
  Shape: Circle, Ellipse; start Circle
  With: drag, burns; start drag
  Grid: on or off; start on
  Towns: Lima, Suva; start Lima
  At the start setting: {START}"""
    )


def test_showing_gives_the_widget_and_its_start_sentence(view, monkeypatch):
    outputs = []
    monkeypatch.setattr(
        explore, "display", lambda bundle, raw, metadata=None: outputs.append(bundle)
    )
    view._ipython_display_()
    assert len(outputs) == 2 and set(outputs[1]) == {"text/html", "text/plain"}
    assert (
        outputs[1]["text/plain"] == f"At the start setting: {START}"
        and START in outputs[1]["text/html"]
    )


def test_running_the_cell_again_closes_the_old_figure(view):
    again = explore.explore(draw, "A test", **controls())
    assert view.comm is None and again.model_id
    again.close()


def test_options_of_a_long_choice_and_decimals():
    step = explore.slider(0.5, 2, 0.05, 1, "Step")
    assert step.page["decimals"] == 2 and step.value == 1 and step.check("step", 1.07) == 1.05


@pytest.mark.parametrize(
    "make, says",
    [
        (lambda: explore.slider(5, 5, 1, 5, "Height"), "low below high"),
        (lambda: explore.slider(0, 5, 0, 5, "Height"), "step above 0"),
        (lambda: explore.slider(0, 5, 1, 6, "Height"), "Height = 6"),
        (lambda: explore.choice([], "a", "Shape"), "at least one"),
        (lambda: explore.choice(["a", "a"], "a", "Shape"), "each once"),
        (lambda: explore.choice(["a"], "b", "Shape"), "Shape = 'b'"),
        (lambda: explore.explore(draw, "No controls"), "at least one"),
        (lambda: explore.explore(draw, "Wrong", height=3), "height"),
        (
            lambda: explore.explore(lambda a: "text", "Wrong", a=explore.tick(True, "A")),
            "draw returned str",
        ),
    ],
)
def test_mistakes_of_an_author_are_named(make, says):
    with pytest.raises(explore.ExploreError, match=says):
        make()


def test_a_figure_at_rest_is_laid_out_anew_with_the_values_that_python_has_set_meanwhile():
    view = explore.explore(
        lambda height: (plt.figure(), f"at {height} km"),
        "Rest",
        height=explore.slider(200, 400, 10, 300, "Height", "km"),
    )
    view.request = {"number": 1, "values": {"height": 250}, "moving": True}
    view.set(height=210)
    view.request = {"number": 2, "values": {}, "moving": False}
    assert (view.values["height"], view.text, view.answer) == (210, "at 210 km", 2)
    view.close()
