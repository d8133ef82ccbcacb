import { element, say } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const SAMPLES = 60;
const HEIGHT = 28;

/** The course of one value over the last samples. */
export class Plot {
  #title;
  #format;
  #values = [];
  #now = element("p", { className: "now" }, "–");
  #most = element("p", { className: "most" });
  #svg = svgElement("svg", {
    role: "img",
    viewBox: `0 0 ${SAMPLES - 1} ${HEIGHT}`,
    preserveAspectRatio: "none",
  });
  #line = svgElement("path", { class: "line", "vector-effect": "non-scaling-stroke" });
  #area = svgElement("path", { class: "area" });

  /** @param {(value: number) => string} format */
  constructor(title, format) {
    this.#title = title;
    this.#format = format;
    this.#svg.append(this.#area, this.#line);
    const values = element("div", { className: "values" }, this.#now, this.#most);
    this.shown = element("figure", {}, element("figcaption", {}, title), values, this.#svg);
    this.clear();
  }

  clear() {
    this.#values = [];
    this.#draw();
  }

  /** Takes the next sample; what is not a number, or less than zero since the server has begun anew, is a gap. */
  add(value) {
    this.#values.push(Number.isFinite(value) && value >= 0 ? value : undefined);
    this.#values = this.#values.slice(-SAMPLES);
    this.#draw();
  }

  #draw() {
    const start = SAMPLES - this.#values.length;
    const known = this.#values.map((value, i) => [start + i, value]).filter(([, value]) => value !== undefined);
    const most = Math.max(0, ...known.map(([, value]) => value));
    const now = known.length === 0 ? "–" : this.#format(known.at(-1)[1]);
    const points = known.map(([x, value]) => `${x} ${HEIGHT - 1 - (most === 0 ? 0 : (value / most) * (HEIGHT - 3))}`);
    const line = points.length === 0 ? "" : `M${points.join("L")}`;
    this.#line.setAttribute("d", line);
    this.#area.setAttribute("d", line && `${line}V${HEIGHT}H${known[0][0]}Z`);
    say(this.#now, now);
    say(this.#most, most === 0 ? "" : `max ${this.#format(most)}`);
    this.#svg.setAttribute("aria-label", `${this.#title}: now ${now}, at most ${this.#format(most)} in two minutes`);
  }
}

function svgElement(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}
