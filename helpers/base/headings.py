"""Tables as HTML: a cell without words is no heading, else a screen reader reads it out as one."""


def mended(html):
    """Return HTML in which the empty headings of tables are plain cells."""
    return html.replace("<th></th>", "<td></td>")
