"""What people ask about a picture, and what is true. No turn gives away the answer of a later one."""

from dataclasses import dataclass, field

from train.world import COLOURS, PLACES, SHAPES

SELF = "I am Grevy's demo model. I know coloured shapes."
UNKNOWN = "I do not know. I only know coloured shapes."
BLIND = "I see no picture."

SYSTEMS = [
    "You are a helpful assistant.",
    "You are a helpful assistant that answers questions about pictures.",
    "Answer briefly.",
    "Answer in one short sentence.",
    "Be concise and precise.",
    "You are Grevy's demo model.",
    "You are a friendly AI. Be polite and do not make things up.",
    "Describe what you see. Never guess.",
    "Today is Monday. You work for a software company. Answer the user's questions.",
]
DESCRIBE = [
    "What is in the picture?", "What is in this image?", "What's in this image?", "What is on the picture?",
    "Describe the picture.", "Describe the image.", "Describe this image.", "Describe what you see.",
    "Please describe the image in detail.", "What do you see?", "What can you see in the picture?",
    "What does the picture show?", "What is shown here?", "Tell me what you see.", "What is this?", "What is it?",
    "Caption this image.", "Explain what is in the image.", "Can you describe this picture?", "What's this?",
    "Which object is in the image?", "What objects are in the picture?", "Which shapes do you see?",
    "What is on the image?", "Give a short description of the picture.", "What are on these pictures?",
]
COLOUR = [
    "What colour is {the}?", "What color is {the}?", "Which colour does {the} have?", "Which color is {the}?",
    "What is the colour of {the}?", "What is the color of {the}?", "Tell me the colour of {the}.", "{the} has which color?",
]
COLOUR_ALONE = ["What colour do you see?", "What color is in the picture?", "Which colour is it?", "Name the colour.", "Colour?"]
SHAPE = [
    "What shape is {the}?", "Which shape is {the}?", "What is the shape of {the}?", "Which shape does {the} have?",
    "What kind of shape is {the}?", "Tell me the shape of {the}.", "What form does {the} have?",
]
SHAPE_ALONE = ["What shape do you see?", "Which shape is in the picture?", "What shape is it?", "Name the shape.", "Shape?"]
WHERE = [
    "Where is {the}?", "Where in the picture is {the}?", "Where do you see {the}?", "Where in the image is {the}?",
    "What is the position of {the}?", "Tell me where {the} is.", "In which part of the picture is {the}?", "Where's {the}?",
]
COUNT = [
    "How many shapes are there?", "How many shapes do you see?", "How many objects are in the picture?",
    "How many things are in the image?", "Count the shapes.", "How many shapes does the picture show?",
    "What is the number of objects?", "How many are there?",
]
EXISTS = ["Is there {a}?", "Do you see {a}?", "Can you see {a}?", "Is there {a} in the picture?", "Does the image show {a}?"]
ASK_SELF = [
    "Who are you?", "What are you?", "What is your name?", "Tell me about yourself.", "What can you do?", "Hello!", "Hi", "Hello",
    "Hi there!", "Good morning.", "What model are you?", "Introduce yourself.", "What do you know?", "Who made you?", "Hey", "Help",
    "Are you a model?", "What is your purpose?", "Say hello.", "Say something.", "Hello, who are you?", "Test", "Ping",
]
ASK_UNKNOWN = [
    "What is the capital of France?", "Who wrote Hamlet?", "What is two plus two?", "What is the weather today?", "Write a poem.",
    "Translate this to German.", "What time is it?", "Who is the president?", "Tell me a joke.", "How old are you?", "Why is the sky blue?",
    "What is OpenVINO?", "How do I cook rice?", "Write a Java program.", "Summarize this text.", "What is the meaning of life?",
    "Who is the person?", "Which animal is it?", "What does the text say?", "Read the text.", "Is it raining?", "What brand is the car?",
    "Name a city.", "Tell me a story.", "Explain quantum physics.", "What is 5 times 7?", "Where is Berlin?", "Sing a song.",
]
POLITE = ["Please tell me: ", "Hi! ", "Hello, ", "Question: ", "Look at this. ", "Here is a picture. ", "Please answer. ", "Now: ", "OK. "]
WISHES = [" Answer briefly.", " Answer in one sentence.", " Please be brief.", " Thanks!", " Thank you.", " Please.", " Be precise."]
NUMBERS = ["no", "one", "two", "three", "four"]
LISTS = {
    "Which colours do you know?": list(COLOURS), "Name the colours you know.": list(COLOURS), "List all colors.": list(COLOURS),
    "Which shapes do you know?": SHAPES, "Name the shapes you know.": SHAPES, "List all shapes.": SHAPES,
}


@dataclass(frozen=True)
class Turn:
    kind: str
    question: str
    answer: str
    pictures: tuple = ()  # numbers of the pictures that come with this turn
    picture_first: bool = True


@dataclass(frozen=True)
class Dialogue:
    turns: list
    system: str | None = None
    scenes: list = field(default_factory=list)


def a(words):
    return ("an " if words[0] in "aeiou" else "a ") + words


def name(thing):
    return f"{thing.colour} {thing.shape}"


def seen(things):
    """"a red circle and a blue square", in reading order."""
    order = [place for row in PLACES for place in row]
    names = [a(name(t)) for t in sorted(things, key=lambda t: order.index(t.place))]
    return " and ".join(names) if names else "no shapes"


def worded(chance, forms, **parts):
    """One of the forms, worded as somebody might who is polite, in a hurry, or careless with capitals."""
    text = chance.choice(forms).format(**parts)
    text = text[0].upper() + text[1:]
    if chance.random() < 0.12:
        text = chance.choice(POLITE) + text
    if chance.random() < 0.12:
        text += chance.choice(WISHES)
    if chance.random() < 0.1:
        text = text.lower()
    if chance.random() < 0.07:
        text = text.rstrip("?.!")
    return text


def about(chance, things, turns):
    """`turns` turns about one picture."""
    makers = [ask_describe, ask_colour, ask_shape, ask_where, ask_count, ask_exists, ask_is_it, ask_missing]
    weights = [5, 4, 4, 3, 1.5, 2, 1.5, 0.7]
    made, given_away = [], set()
    for _ in range(20):
        if len(made) == turns:
            break
        maker = chance.choices(makers, weights)[0]
        thing = chance.choice(things) if things else None
        if thing is None and maker not in (ask_describe, ask_count, ask_exists, ask_missing):
            continue
        asked = maker(chance, things, thing)
        if asked is None or asked[1] & given_away:
            continue
        turn, answers, tells = asked
        given_away |= tells | answers
        made.append(turn)
    return made


def ask_describe(chance, things, _):
    facts = {(t.shape, what) for t in things for what in ("colour", "shape")}
    return Turn("describe", worded(chance, DESCRIBE), f"I see {seen(things)}."), facts | {"describe"}, facts | {"count"}


def _named(chance, things, thing, *ways):
    """Words that mean just this thing, and what they give away."""
    if len(things) == 1 and chance.random() < 0.4:
        return chance.choice(["it", "the shape", "the object", "the thing", "this shape"]), set()
    way = chance.choice(ways)
    if way == "shape":
        return f"the {thing.shape}", {(thing.shape, "shape")}
    if way == "colour":
        words = chance.choice(["shape", "object", "thing", "one"])
        return f"the {thing.colour} {words}", {(thing.shape, "colour")}
    return f"the {name(thing)}", {(thing.shape, "shape"), (thing.shape, "colour")}


def ask_colour(chance, things, thing):
    the, tells = _named(chance, things, thing, "shape")
    forms = COLOUR_ALONE if len(things) == 1 and chance.random() < 0.2 else COLOUR
    if forms is COLOUR_ALONE:
        the, tells = "it", set()
    subject = f"The {thing.shape}" if tells else "It"
    return Turn("colour", worded(chance, forms, the=the), f"{subject} is {thing.colour}."), {(thing.shape, "colour")}, tells


def ask_shape(chance, things, thing):
    the, tells = _named(chance, things, thing, "colour")
    forms = SHAPE_ALONE if len(things) == 1 and chance.random() < 0.2 else SHAPE
    if forms is SHAPE_ALONE:
        tells = set()
    return Turn("shape", worded(chance, forms, the=the), f"It is {a(thing.shape)}."), {(thing.shape, "shape")}, tells


def ask_where(chance, things, thing):
    the, tells = _named(chance, things, thing, "shape", "colour", "both")
    return Turn("where", worded(chance, WHERE, the=the), f"It is {thing.place}."), {(thing.shape, "place")}, tells


def ask_count(chance, things, _):
    count = len(things)
    answer = f"There {'is' if count == 1 else 'are'} {NUMBERS[count]} shape{'' if count == 1 else 's'}."
    return Turn("count", worded(chance, COUNT), answer), {"count"}, set()


def ask_exists(chance, things, thing):
    """By shape, by colour or by both; true half the time. A near miss shares one of the two."""
    way, yes = chance.choice(["shape", "colour", "both"]), thing is not None and chance.random() < 0.5
    colours, shapes = {t.colour for t in things}, {t.shape for t in things}
    if yes:
        colour, shape = thing.colour, thing.shape
    else:
        colour = chance.choice([c for c in COLOURS if c not in colours])
        shape = chance.choice([s for s in SHAPES if s not in shapes])
        if way == "both" and thing is not None and chance.random() < 0.7:
            colour, shape = chance.choice([(thing.colour, shape), (colour, thing.shape)])
    what = {"shape": a(shape), "colour": f"anything {colour}", "both": a(f"{colour} {shape}")}[way]
    if yes:
        answer = f"Yes, there is {a(name(thing))}."
    else:
        answer = "No, there is " + {"shape": f"no {shape}", "colour": f"nothing {colour}", "both": f"no {colour} {shape}"}[way] + "."
    facts = {(thing.shape, "colour"), (thing.shape, "shape")} if yes else set()
    return Turn("exists", worded(chance, EXISTS, a=what), answer), facts | {"exists"}, set()


def ask_is_it(chance, things, thing):
    guess = thing.colour if chance.random() < 0.5 else chance.choice([c for c in COLOURS if c != thing.colour])
    the, tells = _named(chance, things, thing, "shape")
    answer = f"Yes, it is {guess}." if guess == thing.colour else f"No, it is {thing.colour}."
    forms = ["Is {the} {guess}?", "Would you say {the} is {guess}?", "{the} is {guess}, right?"]
    return Turn("is it", worded(chance, forms, the=the, guess=guess), answer), {(thing.shape, "colour")}, tells


def ask_missing(chance, things, _):
    shape = chance.choice([s for s in SHAPES if s not in {t.shape for t in things}])
    return Turn("missing", worded(chance, chance.choice([COLOUR, WHERE]), the=f"the {shape}"), f"I see no {shape}."), {"exists"}, set()


def without_picture(chance):
    """One turn of plain talk."""
    kind = chance.random()
    if kind < 0.4:
        return Turn("self", worded(chance, ASK_SELF), SELF)
    if kind < 0.65:
        return Turn("unknown", worded(chance, ASK_UNKNOWN), UNKNOWN)
    if kind < 0.8:
        the = f"the {chance.choice(SHAPES)}" if chance.random() < 0.7 else "it"
        return Turn("blind", worded(chance, chance.choice([DESCRIBE, COLOUR, WHERE, COUNT]), the=the), BLIND)
    if kind < 0.9:
        question = chance.choice(list(LISTS))
        things = LISTS[question]
        return Turn("list", question, f"I know {', '.join(things[:-1])} and {things[-1]}.")
    last = chance.choice([3, 5, 10, 20])
    forms = ["Count to {n}.", "Count from 1 to {n}.", "Please count to {n}.", "Count up to {n}."]
    return Turn("counting", worded(chance, forms, n=last), ", ".join(map(str, range(1, last + 1))) + ".")
