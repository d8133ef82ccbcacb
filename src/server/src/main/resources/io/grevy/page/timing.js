/** Of less time there is no rate to tell: pieces of a short answer come all at once. */
const LEAST_MILLIS = 50;

/** How fast an answer came, seen from here: the way to the server and back is in it. Times are in milliseconds. */
export class Timing {
  #asked = performance.now();
  #first = 0;
  #last = 0;
  #pieces = 0;
  #usage;

  /** A piece of the answer has come; one is about a token. */
  piece() {
    this.#last = performance.now();
    this.#first ||= this.#last;
    this.#pieces++;
  }

  /** The server has counted. */
  count(usage) {
    this.#usage = usage;
  }

  /** In words, with what is known so far; empty before the first piece. */
  toString() {
    if (this.#pieces === 0) {
      return "";
    }
    const tokens = this.#usage?.completion_tokens ?? this.#pieces;
    const about = this.#usage ? "" : "about ";
    const parts = [`first token ${duration(this.#first - this.#asked)}`];
    if (this.#last - this.#first >= LEAST_MILLIS && tokens > 1) {
      parts.push(`${about}${rounded(((tokens - 1) * 1000) / (this.#last - this.#first))} tokens/s`);
    }
    parts.push(`${about}${tokens} ${tokens === 1 ? "token" : "tokens"}`);
    if (this.#usage) {
      parts.push(`prompt ${this.#usage.prompt_tokens}`);
    }
    return parts.map((part) => part.replaceAll(" ", "\u00a0")).join(" · ");
  }
}

/** Milliseconds, in the unit that suits. */
const duration = (ms) => (ms < 1000 ? `${rounded(ms)} ms` : `${rounded(ms / 1000)} s`);

/** A number with three digits that matter, or all before the point. */
function rounded(number) {
  const digits = number >= 100 ? 0 : number >= 10 ? 1 : 2;
  return String(Number(number.toFixed(digits)));
}
