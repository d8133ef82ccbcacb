// The questions and answers on the page.
import { byId, element, say } from "./dom.js";
import { thumbnail } from "./pictures.js";

const transcript = byId("transcript");
const turns = byId("turns");
const welcome = byId("welcome");

/** Within so many pixels of its end, it stays there as it grows. */
const NEAR = 40;
let atEnd = true;
let scrolled = 0;

// Only a scroll upwards leaves the end: what has come meanwhile may lie between the end and where it was.
transcript.onscroll = () => {
  const { scrollHeight, scrollTop, clientHeight } = transcript;
  atEnd = scrollHeight - scrollTop - clientHeight < NEAR || (atEnd && scrollTop >= scrolled);
  scrolled = scrollTop;
};
const following = new ResizeObserver(() => {
  if (atEnd) {
    transcript.scrollTop = transcript.scrollHeight;
  }
});
following.observe(transcript);
following.observe(turns);

export function showQuestion({ text, pictures }) {
  const shown = element("article", { className: "question", "aria-label": "You" });
  if (pictures.length > 0) {
    shown.append(element("div", { className: "pictures" }, ...pictures.map(thumbnail)));
  }
  if (text) {
    shown.append(element("p", { className: "text" }, text));
  }
  welcome.remove();
  atEnd = true;
  turns.append(shown);
  return shown;
}

export function clear() {
  turns.replaceChildren(welcome);
}

/** An answer that grows. Busy until it ends, so that a screen reader waits for the whole. */
export class AnswerView {
  #text = document.createTextNode("");
  #reasoning = document.createTextNode("");
  #figures = element("p", { className: "figures" });
  #thoughts = element(
    "details",
    { hidden: true },
    element("summary", {}, "Reasoning"),
    element("p", { className: "text" }, this.#reasoning),
  );
  #shown;

  constructor(model) {
    this.#shown = element(
      "article",
      { className: "answer", "aria-label": model, "aria-busy": "true" },
      element("p", { className: "who" }, model),
      this.#thoughts,
      element("p", { className: "text" }, this.#text),
      this.#figures,
    );
    turns.append(this.#shown);
  }

  add(text) {
    this.#text.appendData(text);
  }

  addReasoning(text) {
    this.#thoughts.hidden = false;
    this.#reasoning.appendData(text);
  }

  measure(timing) {
    say(this.#figures, String(timing));
  }

  /** @param {string} note why it is not whole; empty where it is */
  end(note) {
    this.#shown.setAttribute("aria-busy", "false");
    if (note) {
      this.#figures.before(element("p", { className: "note" }, note));
    }
  }

  /** @param {() => void} again asks the same once more */
  fail(message, again) {
    this.#shown.setAttribute("aria-busy", "false");
    const retry = element("button", { type: "button", onclick: again }, "Try again");
    const error = element("div", { className: "error" }, element("p", { role: "alert" }, message), retry);
    this.#figures.before(error);
  }

  remove() {
    this.#shown.remove();
  }
}
