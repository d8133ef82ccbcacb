// What this page asks of the server.
import { eventData } from "./events.js";
import { credentials } from "./key.js";

/** Where the API is; Liberty's own paths, such as /metrics, lie at the root. */
export const base = new URL("./", document.baseURI);

/** Why there is no answer, or no whole one: in the server's words where it has said it. */
export class Failure extends Error {
  /**
   * @param {number} status of HTTP; 0 where there was none
   * @param {string} [param] what of the request is meant
   */
  constructor(message, status = 0, param = "") {
    super(message);
    this.status = status;
    this.param = param;
  }
}

/** Whether the same key would be refused again. */
export const isRefusal = (failure) => failure.status === 401 || failure.status === 403;

async function send(url, options = {}) {
  let response;
  try {
    response = await fetch(url, { ...options, headers: { ...options.headers, ...credentials() } });
  } catch (e) {
    throw e.name === "AbortError" ? e : new Failure("The server does not answer.");
  }
  if (!response.ok) {
    throw failureOf(await response.text(), response.status);
  }
  return response;
}

function failureOf(text, status) {
  try {
    const { message, param } = JSON.parse(text).error;
    return new Failure(message, status, param ?? "");
  } catch {
    return new Failure(`The server answered with status ${status}.`, status);
  }
}

/** The states of all models, as GET /v1/config has them. */
export async function states() {
  return (await send(new URL("v1/config", base))).json();
}

/** All metrics, in Prometheus' text. */
export async function metrics() {
  return (await send(new URL("/metrics", base), { headers: { Accept: "text/plain" } })).text();
}

/**
 * The chunks of a streamed answer.
 *
 * @param {object} body of the request, without what makes it a stream
 * @throws {Failure} before the first chunk or between two; an AbortError where the signal says so
 */
export async function* answer(body, signal) {
  const response = await send(new URL("v3/chat/completions", base), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
    signal,
  });
  let done = false;
  try {
    for await (const data of eventData(response.body)) {
      if (data === "[DONE]") {
        done = true;
      } else {
        yield checked(JSON.parse(data));
      }
    }
  } catch (e) {
    throw e.name === "AbortError" || e instanceof Failure ? e : new Failure("The connection broke.");
  }
  if (!done) {
    throw new Failure("The connection ended before the answer did.");
  }
}

function checked(chunk) {
  if (chunk.error) {
    throw new Failure(chunk.error.message);
  }
  return chunk;
}
