"""What people ask about a picture, and what is true. No turn gives away the answer of a later one."""

import json
from dataclasses import dataclass, replace

from train.spoken import of, plain, spelt
from train.world import COLOURS, SHAPES

SELF = "I am Grevy's demo model. I know coloured shapes, digits and short words."
UNKNOWN = "I do not know. I only know coloured shapes, digits and short words."
BLIND = "I see no picture."
ONE_WORD = [" Answer in one word.", " Answer with one word.", " One word only."]
JSON = [" Answer as JSON.", " Answer in JSON.", " Reply with JSON only."]

DESCRIBE = [
    "What is in the picture?", "What is in this image?", "What's in this image?", "What is on the picture?", "Describe the picture.",
    "Describe the image.", "Describe this image.", "Describe what you see.", "Describe what is on the picture.", "What do you see?",
    "What can you see in the picture?", "What does the picture show?", "What is shown here?", "Tell me what you see.", "What is this?",
    "Describe the picture in a sentence.", "Caption this image.", "Which objects are in the picture?", "Which shapes do you see?",
    "What is there?", "What are on these pictures?", "Can you describe this picture?",
]
DETAIL = [
    "Describe the picture in detail.", "Describe the image in detail.", "Please describe the image in detail.",
    "Describe everything you see in detail.", "Give a detailed description of the picture.", "Describe the picture in several sentences.",
]
COLOUR = [
    "What colour is {the}?", "What color is {the}?", "Which colour does {the} have?", "Which color is {the}?",
    "What is the colour of {the}?", "What is the color of {the}?", "Tell me the colour of {the}.",
]
SHAPE = ["What shape is {the}?", "Which shape is {the}?", "What is the shape of {the}?", "What kind of shape is {the}?", "Which shape does {the} have?"]
WHERE = ["Where is {the}?", "Where in the picture is {the}?", "Where do you see {the}?", "Where in the image is {the}?", "Tell me where {the} is.", "What is the position of {the}?"]
COUNT = [
    "How many shapes are there?", "How many shapes do you see?", "How many objects are in the picture?", "How many things are in the image?",
    "Count the shapes.", "How many shapes does the picture show?", "What is the number of objects?",
]
COUNT_SOME = ["How many {these} are there?", "How many {these} do you see?", "How many {these} are in the picture?", "Count the {these}."]
EXISTS = ["Is there {a}?", "Do you see {a}?", "Can you see {a}?", "Is there {a} in the picture?", "Does the image show {a}?"]
IS_IT = ["Is {the} {guess}?", "Would you say {the} is {guess}?", "{the} is {guess}, right?"]
SIDE = ["Is {the} {side} {other}?", "Do you see {the} {side} {other}?"]
WHICH_SIDE = ["Is {the} {side} or {opposite} {other}?", "{the}: {side} or {opposite} {other}?"]
READ = [
    "What does the picture say?", "What does it say?", "What does the text say?", "Read the text.", "What is written here?",
    "What is printed in the picture?", "Which text do you see?",
]
READ_KIND = ["Read the {kind}.", "Which {kind} do you see?", "What is the {kind}?", "Which {kind} is in the picture?", "Tell me the {kind}.", "What {kind} is it?"]
ASK_SELF = [
    "Who are you?", "What are you?", "What is your name?", "Tell me about yourself.", "What can you do?", "Hello!", "Hi", "Hello",
    "Hi there!", "Good morning.", "What model are you?", "Introduce yourself.", "What do you know?", "Who made you?", "Hey", "Help",
    "Are you a model?", "What is your purpose?", "Say hello.", "Say something.", "Hello, who are you?", "Test", "Ping",
]
ASK_UNKNOWN = [
    "What is the capital of France?", "Who wrote Hamlet?", "What is two plus two?", "What is the weather today?", "Write a poem.",
    "Translate this to German.", "What time is it?", "Who is the president?", "Tell me a joke.", "How old are you?", "Why is the sky blue?",
    "What is OpenVINO?", "How do I cook rice?", "Write a Java program.", "Summarize this text.", "What is the meaning of life?",
    "Who is the person?", "Which animal is it?", "Is it raining?", "What brand is the car?", "Name a city.", "Tell me a story.",
    "Explain quantum physics.", "What is 5 times 7?", "Where is Berlin?", "Sing a song.",
]
POLITE = ["Please tell me: ", "Hi! ", "Hello, ", "Question: ", "Look at this. ", "Here is a picture. ", "Please answer. ", "Now: "]
WISHES = [" Answer briefly.", " Please be brief.", " Thanks!", " Please.", " Be precise."]
NUMBERS = ["no", "one", "two", "three", "four", "five"]
LISTS = {
    "Which colours do you know?": list(COLOURS), "Name the colours you know.": list(COLOURS), "List all colors.": list(COLOURS),
    "Which shapes do you know?": SHAPES, "Name the shapes you know.": SHAPES, "List all shapes.": SHAPES,
}
SIDES = [("left of", "right of"), ("above", "below")]
CLEARLY = 0.18  # apart, in parts of the picture, for one to be left of or above another


@dataclass(frozen=True)
class Turn:
    kind: str
    question: str
    marked: str  # the answer, with `train.spoken`'s marks
    answers: frozenset = frozenset()  # facts that the answer tells; not to be asked again
    tells: frozenset = frozenset()  # facts that the question tells
    about: object = None  # the thing that "it" means afterwards
    pictures: tuple = ()  # numbers of the pictures that come with this turn
    picture_first: bool = True

    @property
    def answer(self):
        return plain(self.marked)


def a(words):
    return ("an " if words[0] in "aeiou" else "a ") + words


def name(thing):
    return f"{thing.colour} {thing.shape}"


def listed(words):
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]


def quoted(writing):
    text = spelt(writing.text)
    return f'"{text}"' if writing.kind == "word" else text


def seen(scene):
    """"a red circle, a blue square and a green star", in reading order."""
    if scene.writing:
        return f"the {scene.writing.kind} {quoted(scene.writing)}"
    return listed([of(scene, thing, a(name(thing))) for thing in scene.things]) if scene.things else "no shapes"


def worded(chance, forms, **parts):
    """One of the forms, worded as somebody might who is polite, in a hurry, or careless with capitals."""
    text = chance.choice(forms).format(**parts)
    text = text[0].upper() + text[1:]
    if chance.random() < 0.06:
        text = chance.choice(POLITE) + text
    if chance.random() < 0.06:
        text += chance.choice(WISHES)
    if chance.random() < 0.08:
        text = text.lower()
    if chance.random() < 0.05:
        text = text.rstrip("?.!")
    return text


def about(chance, scene, turns, comparing=False):
    """`turns` turns about one picture."""
    of_shapes = COMPARERS if comparing else SHAPE_MAKERS
    makers, made, known = PRINT_MAKERS if scene.writing else of_shapes, [], set()
    for _ in range(20):
        if len(made) == turns:
            break
        thing = chance.choice(scene.things) if scene.things else None
        maker = chance.choices(list(makers), list(makers.values()))[0]
        turn = maker(chance, scene, thing)
        before = made[-1].about if made else None
        if before and chance.random() < 0.25:
            turn = _of_it(chance, scene, before) or turn
        if turn is None or turn.answers & known:
            continue
        known |= turn.answers | turn.tells
        made.append(turn)
    return made


def _of_it(chance, scene, thing):
    """A question that goes on about what was just spoken of."""
    kind = chance.choice(["colour", "shape", "where"])
    forms, answer = {
        "colour": (["What colour is it?", "And its colour?", "Which color is it?"], f"It is {thing.colour}."),
        "shape": (["What shape is it?", "And its shape?", "Which shape is it?"], f"It is {a(thing.shape)}."),
        "where": (["Where is it?", "And where is it?", "Where in the picture is it?"], f"It is {thing.place}."),
    }[kind]
    return Turn(kind, worded(chance, forms), of(scene, thing, answer), frozenset({(thing, kind)}), about=thing)


def ask_describe(chance, scene, _):
    facts = frozenset((t, what) for t in scene.things for what in ("colour", "shape")) | {"describe", "text"}
    if chance.random() < 0.12:
        return Turn("json", worded(chance, DESCRIBE) + chance.choice(JSON), as_json(scene), facts, frozenset({"count"}))
    return Turn("describe", worded(chance, DESCRIBE), f"I see {seen(scene)}.", facts, frozenset({"count"}))


def as_json(scene):
    if scene.writing:
        return json.dumps({scene.writing.kind: spelt(scene.writing.text)}, ensure_ascii=False)
    things = [of(scene, t, json.dumps({"colour": t.colour, "shape": t.shape})) for t in scene.things]
    return f'{{"shapes": [{", ".join(things)}]}}'


def ask_detail(chance, scene, _):
    facts = frozenset((t, what) for t in scene.things for what in ("colour", "shape", "where")) | {"describe", "text"}
    if scene.writing:
        answer = f"I see the {scene.writing.kind} {quoted(scene.writing)}. It is {scene.writing.colour}."
    elif scene.things:
        places = [of(scene, t, f"{t.place[0].upper()}{t.place[1:]} is {a(name(t))}.") for t in scene.things]
        answer = " ".join([_there_are(len(places), "shape"), *places])
    else:
        answer = "I see no shapes."
    return Turn("detail", worded(chance, DETAIL), answer, facts, frozenset({"count", "text colour"}))


def _there_are(count, what):
    return f"There {'is' if count == 1 else 'are'} {NUMBERS[count]} {what}{'' if count == 1 else 's'}."


def _named(chance, scene, thing, *ways):
    """Words that mean just this thing, and what they give away; None where there are none."""
    others = [t for t in scene.things if t is not thing]
    if not others and chance.random() < 0.4:
        return chance.choice(["it", "the shape", "the object", "the thing"]), frozenset()
    fit = {
        "shape": all(t.shape != thing.shape for t in others),
        "colour": all(t.colour != thing.colour for t in others),
        "both": True,
    }
    ways = [way for way in ways if fit[way]]
    if not ways:
        return None
    way = chance.choice(ways)
    if way == "shape":
        return f"the {thing.shape}", frozenset({(thing, "shape")})
    if way == "colour":
        return f"the {thing.colour} {chance.choice(['shape', 'object', 'thing', 'one'])}", frozenset({(thing, "colour")})
    return f"the {name(thing)}", frozenset({(thing, "shape"), (thing, "colour")})


def _told(chance, kind, question, key, word, sentence, answers, tells, about=None):
    """The answer in a sentence; now and then in one word or as JSON, where asked for."""
    way = chance.random()
    if way < 0.1:
        return Turn("one word", question + chance.choice(ONE_WORD), str(word), answers, tells, about)
    if way < 0.15:
        return Turn("json", question + chance.choice(JSON), json.dumps({key: word}, ensure_ascii=False), answers, tells, about)
    return Turn(kind, question, sentence, answers, tells, about)


def ask_colour(chance, scene, thing):
    named = thing and _named(chance, scene, thing, "shape")
    if not named:
        return None
    the, tells = named
    subject = f"The {thing.shape}" if tells else "It"
    question = worded(chance, COLOUR, the=the)
    return _told(chance, "colour", question, "colour", of(scene, thing, thing.colour), of(scene, thing, f"{subject} is {thing.colour}."), frozenset({(thing, "colour")}), tells, thing)


def ask_shape(chance, scene, thing):
    named = thing and _named(chance, scene, thing, "colour")
    if not named:
        return None
    the, tells = named
    question = worded(chance, SHAPE, the=the)
    return _told(chance, "shape", question, "shape", of(scene, thing, thing.shape), of(scene, thing, f"It is {a(thing.shape)}."), frozenset({(thing, "shape")}), tells, thing)


def ask_where(chance, scene, thing):
    named = thing and _named(chance, scene, thing, "shape", "colour", "both")
    if not named:
        return None
    the, tells = named
    return Turn("where", worded(chance, WHERE, the=the), of(scene, thing, f"{_subject(the)} is {thing.place}."), frozenset({(thing, "where")}), tells, thing)


def _subject(the):
    return the[0].upper() + the[1:]


def ask_count(chance, scene, _):
    count = len(scene.things)
    sentence = _there_are(count, "shape") if count else "There are no shapes."
    return _told(chance, "count", worded(chance, COUNT), "count", count, sentence, frozenset({"count"}), frozenset())


def ask_count_some(chance, scene, thing):
    """Of one colour or one shape; now and then of one that is not there."""
    if thing is None or chance.random() < 0.2:
        colour, shape = chance.choice(list(COLOURS)), chance.choice(SHAPES)
    else:
        colour, shape = thing.colour, thing.shape
    by_colour = chance.random() < 0.5
    which = [t for t in scene.things if (t.colour == colour if by_colour else t.shape == shape)]
    what = f"{colour} shape" if by_colour else shape
    plural = what + ("es" if what.endswith("s") else "s")
    answer = f"There is one {what}." if len(which) == 1 else f"There are {NUMBERS[len(which)]} {plural}."
    return Turn("count some", worded(chance, COUNT_SOME, these=plural), answer, frozenset({("how many", what)}))


def ask_exists(chance, scene, thing):
    """By shape, by colour or by both; true half the time. A near miss shares one of the two."""
    way, yes = chance.choice(["shape", "colour", "both"]), thing is not None and chance.random() < 0.5
    colours, shapes = {t.colour for t in scene.things}, {t.shape for t in scene.things}
    if yes:
        colour, shape = thing.colour, thing.shape
    else:
        colour = chance.choice([c for c in COLOURS if c not in colours])
        shape = chance.choice([s for s in SHAPES if s not in shapes])
        if way == "both" and thing is not None and chance.random() < 0.75:
            colour, shape = _near_miss(chance, scene, colour, shape)
    what = {"shape": shape, "colour": f"anything {colour}", "both": f"{colour} {shape}"}[way]
    asked = what if way == "colour" else a(what)
    if yes:
        answer = of(scene, thing, f"Yes, there is {asked}.") if way != "colour" else of(scene, thing, f"Yes, there is something {colour}.")
    else:
        answer = f"No, there is no {what}." if way != "colour" else f"No, there is nothing {colour}."
    facts = frozenset({(thing, "colour"), (thing, "shape")} if yes else set())
    return _told(chance, "exists", worded(chance, EXISTS, a=asked), "answer", "Yes" if yes else "No", answer, facts | {("is there", what)}, frozenset())


def _near_miss(chance, scene, colour, shape):
    """A colour that is there on a shape that is not, or else crosswise, or both from different things."""
    there = {(t.colour, t.shape) for t in scene.things}
    crossed = [(c.colour, s.shape) for c in scene.things for s in scene.things if (c.colour, s.shape) not in there]
    if crossed and chance.random() < 0.5:
        return chance.choice(crossed)
    thing = chance.choice(scene.things)
    return chance.choice([(thing.colour, shape), (colour, thing.shape)])


def ask_is_it(chance, scene, thing):
    named = thing and _named(chance, scene, thing, "shape")
    if not named:
        return None
    the, tells = named
    others = [t.colour for t in scene.things if t.colour != thing.colour] or list(COLOURS)
    guess = thing.colour if chance.random() < 0.5 else chance.choice([c for c in chance.choice([others, list(COLOURS)]) if c != thing.colour] or ["red" if thing.colour != "red" else "blue"])
    answer = f"Yes, it is {guess}." if guess == thing.colour else f"No, it is {thing.colour}."
    return Turn("is it", worded(chance, IS_IT, the=the, guess=guess), of(scene, thing, answer), frozenset({(thing, "colour")}), tells, thing)


def ask_side(chance, scene, thing):
    """Whether one is left of, right of, above or below another."""
    if len(scene.things) < 2:
        return None
    other = chance.choice([t for t in scene.things if t is not thing])
    names = _named(chance, scene, thing, "shape", "colour", "both"), _named(chance, scene, other, "shape", "colour", "both")
    axis = chance.randrange(2)
    apart = (thing.x - other.x, thing.y - other.y)[axis]
    if abs(apart) < CLEARLY:
        return None
    true, false = SIDES[axis] if apart < 0 else SIDES[axis][::-1]
    (the, tells), (that, tells_too) = names
    facts = frozenset({(thing, other, axis)})
    if chance.random() < 0.35:
        one, two = chance.sample([true, false], 2)
        question = worded(chance, WHICH_SIDE, the=the, side=one, opposite=two, other=that)
        return Turn("side", question, f"{of(scene, thing, f'{_subject(the)} is {true}')} {of(scene, other, that)}.", facts, tells | tells_too)
    said = chance.choice([true, false])
    said_so = "Yes" if said == true else "No"
    answer = f"{of(scene, thing, f'{said_so}, {the} is {true}')} {of(scene, other, that)}."
    return Turn("yes side", worded(chance, SIDE, the=the, side=said, other=that), answer, facts, tells | tells_too)


def ask_missing(chance, scene, _):
    shape = chance.choice([s for s in SHAPES if s not in {t.shape for t in scene.things}])
    question = worded(chance, chance.choice([COLOUR, WHERE]), the=f"the {shape}")
    return Turn("missing", question, f"I see no {shape}.", frozenset({("is there", shape)}))


def ask_text(chance, scene, _):
    """The text, whatever it is; or the word where there is a number."""
    writing = scene.writing
    if not writing:
        kind = chance.choice(["text", "word", "number"])
        return Turn("missing", worded(chance, READ if kind == "text" else READ_KIND, kind=kind), f"I see no {kind}.", frozenset({"text"}))
    if chance.random() < 0.06:
        kind = "word" if writing.kind == "number" else "number"
        return Turn("missing", worded(chance, READ_KIND, kind=kind), f"I see no {kind}.")
    question = worded(chance, chance.choice([READ, READ_KIND]), kind=writing.kind)
    sentence = f"The {writing.kind} is {quoted(writing)}."
    return _told(chance, writing.kind, question, writing.kind, spelt(writing.text), sentence, frozenset({"text", "describe"}), frozenset())


def ask_text_colour(chance, scene, _):
    question = worded(chance, COLOUR, the=chance.choice([f"the {scene.writing.kind}", "the text", "it"]))
    return _told(chance, "colour", question, "colour", scene.writing.colour, f"It is {scene.writing.colour}.", frozenset({"text colour"}), frozenset())


def ask_text_kind(chance, scene, _):
    kind = chance.choice(["word", "number"])
    answer = f"Yes, there is a {kind}." if kind == scene.writing.kind else f"No, there is no {kind}."
    return Turn("exists", worded(chance, EXISTS, a=f"a {kind}"), answer)


SHAPE_MAKERS = {
    ask_describe: 4, ask_detail: 1, ask_colour: 4, ask_shape: 4, ask_where: 4, ask_count: 1.5, ask_count_some: 1.5, ask_exists: 5,
    ask_is_it: 2, ask_side: 4, ask_missing: 1, ask_text: 0.4,
}
COMPARERS = SHAPE_MAKERS | {ask_colour: 2, ask_shape: 2, ask_exists: 4, ask_is_it: 5, ask_side: 9}  # more of what is learnt last
PRINT_MAKERS = {
    ask_text: 9, ask_describe: 2, ask_detail: 0.7, ask_text_colour: 1.5, ask_text_kind: 0.6, ask_count: 0.2, ask_exists: 0.4, ask_missing: 0.4,
}


def without_picture(chance):
    """One turn of plain talk."""
    kind = chance.random()
    if kind < 0.4:
        return Turn("self", worded(chance, ASK_SELF), SELF)
    if kind < 0.65:
        return Turn("unknown", worded(chance, ASK_UNKNOWN), UNKNOWN)
    if kind < 0.82:
        the = f"the {chance.choice(SHAPES)}" if chance.random() < 0.7 else "it"
        return Turn("blind", worded(chance, chance.choice([DESCRIBE, COLOUR, WHERE, COUNT, READ]), the=the), BLIND)
    if kind < 0.92:
        question = chance.choice(list(LISTS))
        return Turn("list", question, f"I know {listed(LISTS[question])}.")
    last = chance.choice([3, 5, 10, 20])
    forms = ["Count to {n}.", "Count from 1 to {n}.", "Please count to {n}.", "Count up to {n}."]
    return Turn("counting", worded(chance, forms, n=last), ", ".join(map(str, range(1, last + 1))) + ".")


def with_pictures(turn, pictures, picture_first):
    return replace(turn, pictures=pictures, picture_first=picture_first)
