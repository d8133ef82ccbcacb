"""Marks in answers: of which thing, of which letter or of which picture is spoken from here on.

They are never said. The language model is taught to know them before its last layer, which looks up the rest.
"""

ORDER, INDEX, PICTURE, END = 0xE000, 0xE100, 0xE200, 0xE300
GROUPS = ["order", "left index", "right index", "picture"]


def of(scene, thing, text):
    """`text`, which speaks of this thing."""
    order = next((i for i, other in enumerate(scene.things) if other is thing), None)
    return text if order is None else chr(ORDER + order) + text + chr(END)


def spelt(text):
    """Letter by letter."""
    return "".join(chr(INDEX + i) + letter for i, letter in enumerate(text)) + chr(END)


def of_picture(number, text):
    return chr(PICTURE + number) + text


def plain(text):
    """Without marks."""
    return "".join(c for c in text if not ORDER <= ord(c) <= END)


def marks(text, picture=0):
    """For each character that is said: 0 for none, else one more than the value, of each group; `picture` is such a number at first."""
    found, now = [], dict.fromkeys(GROUPS, 0) | {"picture": picture}
    for c in map(ord, text):
        if c < ORDER or c > END:
            found.append(tuple(now.values()))
        elif c == END:
            now |= {"order": 0, "left index": 0, "right index": 0}
        elif c >= PICTURE:
            now["picture"] = c - PICTURE + 1
        elif c >= INDEX:
            now |= {"left index": c - INDEX + 1, "right index": c - INDEX + 1}
        else:
            now["order"] = c - ORDER + 1
    return found
