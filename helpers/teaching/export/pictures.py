"""Pictures for questions that the notebook asks on a map or a drawing; other systems ask them as
lists.
"""

import io

import matplotlib.pyplot as plt

from helpers.figures import maps, page

SIZES = {"place": (8, 4), "label": (6.4, 4)}  # inches, at 100 dots


def picture(question):
    """Return (PNG bytes, alternative text) of a question of kind "place" or "label"; else None.

    Numbers stand on the picture, as in the list beside it, and the alternative text says them all.
    """
    if question.kind not in SIZES:
        return None
    figure = plt.Figure(figsize=SIZES[question.kind], dpi=100, layout="constrained")
    axes = figure.subplots()
    words = {"place": _map, "label": _drawing}[question.kind](axes, question)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})  # the same bytes every day
    return stream.getvalue(), words


def numbered(question):
    """Return the texts of the numbered parts of a label question, by id: "1. the near half"."""
    return {n: f"{i}. {text}" for i, (n, text) in enumerate(question.text["left"].items(), 1)}


def _map(axes, question):
    maps.world_map(axes)
    axes.set(xticks=[], yticks=[])
    names = sorted(question.options, key=question.options.get)
    for number, name in enumerate(names, 1):
        spot = question.places[name]
        _mark(axes, number, spot["lon"], spot["lat"])
    listed = [f"{number} {question.options[name]}" for number, name in enumerate(names, 1)]
    axes.set_title("\n".join(["   ".join(listed[:3]), "   ".join(listed[3:])]).strip(), fontsize=12)
    return f"A map of the world with numbered dots: {', '.join(listed)}."


def _drawing(axes, question):
    wide, high = question.figure["size"]
    axes.set(xlim=(0, wide), ylim=(high, 0), aspect="equal")
    axes.axis("off")
    for shape in question.figure["shapes"]:
        _shape(axes, shape)
    parts = numbered(question)
    for number, name in enumerate(parts, 1):
        _mark(axes, number, *question.figure["parts"][name])
    return f"A drawing with numbered parts. {'; '.join(parts.values())}."


def _shape(axes, shape):
    style = shape.get("style", "plain")
    if "circle" in shape:
        x, y, radius = shape["circle"]
        fill = page.LAND if style == "filled" else "none"
        axes.add_patch(plt.Circle((x, y), radius, facecolor=fill, edgecolor="black"))
    elif style in ("filled", "dark"):
        fill = page.LAND if style == "filled" else page.GREY
        axes.fill(shape["line"][::2], shape["line"][1::2], facecolor=fill, edgecolor="black")
    else:
        line = "--" if style == "dashed" else "-"
        axes.plot(shape["line"][::2], shape["line"][1::2], line, color="black", linewidth=1.2)


def _mark(axes, number, x, y):
    rim = {"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": "black"}
    axes.text(x, y, number, ha="center", va="center", fontsize=10, weight="bold", bbox=rim)
