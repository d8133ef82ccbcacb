// The page in a browser, and what stands between the two.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { chromium } from "playwright-core";

export const server = process.env.GREVY_URL.replace(/\/$/, "");
export const picture = (name) => `${process.env.GREVY_PICTURES}/${name}`;

const browser = await chromium.launch({
  executablePath: process.env.GREVY_CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});

export const closeBrowser = () => browser.close();

/**
 * Opens the page, gives it to the test, and holds it to having run without an error of its own.
 *
 * @param {object} options of the browser's context
 */
export async function withPage(test, { at = server, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(60_000);
  const wrong = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("console", (said) => {
      if (said.type() === "error" && !said.text().startsWith("Failed to load resource")) {
        wrong.push(said.text());
      }
    });
    await page.goto(`${at}/`);
    await page.locator("#state", { hasText: "AVAILABLE" }).waitFor();
    await test(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** Asks as people do, and gives the answer when it has ended. */
export async function ask(page, question, ...pictures) {
  const answers = await page.locator(".answer").count();
  await write(page, question, ...pictures);
  await page.getByRole("button", { name: "Ask" }).click();
  const answer = page.locator(".answer").nth(answers);
  await ended(answer);
  return answer;
}

export async function write(page, question, ...pictures) {
  if (pictures.length > 0) {
    await page.locator("#files").setInputFiles(pictures.map(picture));
    await page.locator("#attached img").nth(pictures.length - 1).waitFor();
  }
  await page.getByLabel("Question", { exact: true }).fill(question);
}

export const ended = (answer) => answer.and(answer.page().locator('[aria-busy="false"]')).waitFor();
export const textOf = (answer) => answer.locator("> .text").textContent();

/** Has the next answers go on until they are stopped. */
export const withoutEnd = (page) =>
  page.route("**/v3/chat/completions", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), ignore_eos: true, max_tokens: 8000 }) }),
  );

/** The bodies of the requests for answers that the page makes from now on. */
export function bodiesOf(page) {
  const bodies = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/v3/chat/completions")) {
      bodies.push(request.postDataJSON());
    }
  });
  return bodies;
}

/** A way to the server that can be cut. */
export class Relay {
  #sockets = new Set();
  #relay;
  #port = 0;

  async open() {
    this.#relay = createServer((client) => {
      const { hostname: host, port } = new URL(server);
      const upstream = connect({ host, port });
      for (const [one, other] of [[client, upstream], [upstream, client]]) {
        this.#sockets.add(one);
        one.on("error", () => other.destroy()).on("close", () => other.destroy()).pipe(other);
      }
    });
    this.#relay.listen(this.#port, "127.0.0.1");
    await once(this.#relay, "listening");
    this.#port = this.#relay.address().port;
    return `http://127.0.0.1:${this.#port}`;
  }

  async cut() {
    this.#relay.close();
    this.#sockets.forEach((socket) => socket.destroy());
    this.#sockets.clear();
    await once(this.#relay, "close");
  }
}
