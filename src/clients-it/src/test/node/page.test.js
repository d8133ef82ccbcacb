// The page at /, as people use it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ask, bodiesOf, closeBrowser, ended, picture, Relay, server, textOf, withoutEnd, withPage, write } from "./browser.js";

const SEEING = "grevy/demo";
const CIRCLE = "I see a red circle.";
const FIGURES = /^first\stoken\s[\d.]+\sm?s · (?:[\d.]+\stokens\/s · )?\d+\stokens · prompt\s\d+$/;

after(closeBrowser);

test("shows an answer about a picture as it comes, and how fast it came", () =>
  withPage(async (page) => {
    await page.evaluate(() => {
      window.seen = new Set();
      const look = () => window.seen.add(document.querySelector(".answer > .text")?.textContent ?? "");
      new MutationObserver(look).observe(document.getElementById("turns"), {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });

    await page.getByRole("img", { name: /^Running requests: now \d/ }).waitFor(); // what follows is seen

    const answer = await ask(page, "Describe what is on the picture.", "photo-red-circle.jpg");

    assert.equal(await textOf(answer), CIRCLE);
    assert.match(await answer.locator(".figures").textContent(), FIGURES);
    const seen = await page.evaluate(() => [...window.seen].filter((text) => text !== ""));
    assert.ok(seen.length > 2, `seen on the way: ${seen}`);
    assert.ok(seen.every((text) => CIRCLE.startsWith(text)));
    await page.getByRole("img", { name: /^Time to first token: now [\d.]+ m?s/ }).waitFor();
    await page.getByRole("img", { name: /^Tokens per second: .* at most [\d.]*[1-9]/ }).waitFor();
  }));

test("goes on with what was said and seen before", () =>
  withPage(async (page) => {
    const bodies = bodiesOf(page);
    const first = await ask(page, "What is in the picture?", "blue-square.jpg");
    const second = await ask(page, "What colour is it?");
    await page.getByLabel("System prompt").fill("Be brief.");
    await page.getByLabel("Temperature").fill("0");
    await ask(page, "And these?", "red-circle.png", "green-triangle.png");

    assert.match(await textOf(first), /blue/);
    assert.match(await textOf(second), /blue/);
    assert.deepEqual(bodies.map((body) => body.messages.map(({ role }) => role)), [
      ["user"],
      ["user", "assistant", "user"],
      ["system", "user", "assistant", "user", "assistant", "user"],
    ]);
    const parts = bodies[2].messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
    assert.equal(parts.filter(({ type }) => type === "image_url").length, 3);
    assert.equal(bodies[1].messages[1].content, await textOf(first));
    assert.equal(bodies[2].temperature, 0);
    assert.ok(!("top_p" in bodies[2]));

    await page.getByRole("button", { name: "New conversation" }).click();
    await ask(page, "Who are you?");

    assert.equal(await page.locator(".answer").count(), 1);
    assert.deepEqual(bodies[3].messages.map(({ role }) => role), ["system", "user"]);
  }));

test("stops an answer, which the server then ends", () =>
  withPage(async (page) => {
    await withoutEnd(page);
    await write(page, "Tell me all.");
    await page.keyboard.press("Enter");
    await page.locator(".answer > .figures", { hasText: /about\s[\d.]+\stokens\/s/ }).waitFor();

    await page.getByRole("button", { name: "Stop" }).click();

    await ended(page.locator(".answer"));
    assert.equal(await page.locator(".answer .note").textContent(), "Stopped.");
    assert.ok(await page.getByRole("button", { name: "Ask" }).isVisible());
    let metrics;
    do {
      metrics = await (await fetch(`${server}/metrics`)).text();
    } while (!new RegExp(`^vllm:num_requests_running\\{[^}]*"${SEEING}"[^}]*} 0`, "m").test(metrics));
  }));

test("says in the server's words what is wrong, and asks again", () =>
  withPage(async (page) => {
    await page.evaluate(() => {
      const choice = document.getElementById("model");
      choice.append(new Option("nobody/nothing"));
      choice.value = "nobody/nothing";
      document.getElementById("question").value = "Who are you?";
      document.getElementById("composer").requestSubmit();
    });
    const error = page.getByRole("alert").filter({ hasText: "nobody/nothing" });
    await error.waitFor();
    assert.equal(await error.textContent(), "The model 'nobody/nothing' does not exist.");

    await page.getByLabel("Model", { exact: true }).selectOption(SEEING);
    await page.getByRole("button", { name: "Try again" }).click();
    await ended(page.locator(".answer"));

    assert.match(await textOf(page.locator(".answer")), /shapes/);
    assert.equal(await page.locator(".question").count(), 1);
    assert.equal(await error.count(), 0);
  }));

test("says that the server has gone, during an answer and before one", async () => {
  const relay = new Relay();
  const at = await relay.open();
  try {
    await withPage(
      async (page) => {
        await withoutEnd(page);
        await write(page, "Tell me all.");
        await page.keyboard.press("Enter");
        await page.locator(".answer > .text:not(:empty)").waitFor();

        await relay.cut();

        await page.getByRole("alert").filter({ hasText: "The connection broke." }).waitFor();
        await page.getByRole("status").filter({ hasText: "The server does not answer." }).waitFor();
        const second = await ask(page, "Who are you?");
        assert.equal(await second.getByRole("alert").textContent(), "The server does not answer.");

        await relay.open();
        await page.unroute("**/v3/chat/completions");
        await second.getByRole("button", { name: "Try again" }).click();
        await ended(page.locator(".answer").nth(1));
        assert.match(await textOf(page.locator(".answer").nth(1)), /shapes/);
      },
      { at },
    );
  } finally {
    await relay.cut();
  }
});

test("takes pictures that are dropped and pasted, and nothing else", () =>
  withPage(async (page) => {
    const bytes = readFileSync(picture("red-circle.png")).toString("base64");
    await page.evaluate((base64) => {
      const file = (name, type) => new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type });
      const carrying = (...files) => {
        const transfer = new DataTransfer();
        files.forEach((one) => transfer.items.add(one));
        return transfer;
      };
      const body = document.body;
      const dropped = carrying(file("red-circle.png", "image/png"), file("notes.txt", "text/plain"));
      body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: dropped }));
      const pasted = carrying(file("image.png", "image/png"));
      body.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: pasted }));
    }, bytes);

    await page.getByRole("img", { name: "red-circle.png" }).waitFor();
    await page.getByRole("button", { name: "Remove image.png" }).click();
    const answer = await ask(page, "What is in the picture?");

    assert.equal(await textOf(answer), CIRCLE);
    assert.equal(await page.locator("#attached img").count(), 0);
    assert.equal(await page.locator(".question img").count(), 1);
  }));

test("shows text as it is", () =>
  withPage(async (page) => {
    const text = "<b>bold</b><img src=x onerror=alert(1)>";

    await ask(page, text);

    assert.equal(await page.locator(".question .text").textContent(), text);
    assert.equal(await page.locator(".question b, .question img").count(), 0);
  }));

test("can be used without a mouse", () =>
  withPage(async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id);
    await page.getByLabel("Model", { exact: true }).focus();
    await page.keyboard.press("Shift+Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the question");
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "question");

    await page.keyboard.type("Who are");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("you?");
    await page.keyboard.press("Enter");
    await ended(page.locator(".answer"));
    assert.equal(await page.locator(".question .text").textContent(), "Who are\nyou?");
    assert.match(await textOf(page.locator(".answer")), /shapes/);
    assert.equal(await focused(), "question");

    const order = [];
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press("Tab");
      order.push(await focused());
    }
    assert.deepEqual(order, ["add", "code", "clear", "ask"]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    assert.ok(await page.getByRole("dialog", { name: "The same by code" }).isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await focused(), "code");

    await withoutEnd(page);
    await page.locator("#question").focus();
    await page.keyboard.type("Tell me all.");
    await page.keyboard.press("Enter");
    await page.locator(".answer").nth(1).locator("> .text:not(:empty)").waitFor();
    await page.keyboard.press("Escape");
    await ended(page.locator(".answer").nth(1));
    assert.equal(await page.locator(".answer").nth(1).locator(".note").textContent(), "Stopped.");
  }));

test("keeps an API key for this tab alone, and sends it", () =>
  withPage(async (page) => {
    await page.getByLabel("API key").fill("secret-1");
    await page.reload();
    const request = page.waitForRequest("**/v3/chat/completions");
    await ask(page, "Who are you?");

    assert.equal((await request).headers().authorization, "Bearer secret-1");
    assert.deepEqual(await page.evaluate(() => [localStorage.length, Object.values(sessionStorage)]), [0, ["secret-1"]]);
    await page.getByRole("button", { name: "Show as code" }).click();
    const code = await page.locator("#snippet-code").textContent();
    assert.ok(code.includes("$GREVY_API_KEY") && !code.includes("secret-1"));
  }));

test("asks for an API key where the server does, and not again with one that was refused", () =>
  withPage(async (page) => {
    let refused = 0;
    await page.route(/\/(metrics|v1\/config)$/, (route) => {
      if (route.request().headers().authorization === "Bearer secret-1") {
        return route.continue();
      }
      refused++;
      return route.fulfill({ status: 401, json: { error: { message: "You didn't provide an API key." } } });
    });
    await page.clock.install();
    await page.reload();
    await page.getByRole("alert").filter({ hasText: "This server asks for an API key." }).waitFor();

    await page.clock.runFor(60_000);

    assert.equal(refused, 1);
    await page.getByLabel("API key").fill("secret-1");
    await page.locator("#state", { hasText: "AVAILABLE" }).waitFor();
    await page.getByRole("img", { name: /^Running requests: now \d/ }).waitFor();
    assert.equal(await page.getByText("This server asks for an API key.").count(), 0);
  }));

test("does not ask with a setting that cannot be meant", () =>
  withPage(async (page) => {
    await page.getByLabel("Temperature").fill("3");
    await write(page, "Who are you?");
    await page.keyboard.press("Enter");

    assert.equal(await page.evaluate(() => document.activeElement.name), "temperature");
    assert.equal(await page.locator(".question").count(), 0);
  }));

const RUN = {
  curl: (code, folder) => JSON.parse(run("sh", ["-c", code], folder)).choices[0].message.content,
  Python: (code, folder) => run(process.env.GREVY_PYTHON, ["-c", code], folder).trim(),
  Java: (code, folder) => {
    writeFileSync(join(folder, "Ask.java"), code);
    return JSON.parse(run(process.env.GREVY_JAVA, ["Ask.java"], folder)).choices[0].message.content;
  },
};
const HARD = `It's "hard": $HOME \`date\` $(date) \\ \\u0041 %s 100% @0@ ü€😀 """ EOF`;

function run(program, args, folder) {
  return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

test("shows as code what asks the same", () =>
  withPage(async (page) => {
    const folder = mkdtempSync(join(tmpdir(), "page-"));
    try {
      writeFileSync(join(folder, "it's a circle.png"), readFileSync(picture("red-circle.png")));
      await page.locator("#files").setInputFiles(join(folder, "it's a circle.png"));
      await page.getByLabel("Question", { exact: true }).fill("What is in the picture?");
      await page.getByLabel("Stop string").fill(HARD);
      await page.getByLabel("Temperature").fill("0");
      await page.getByLabel("Top k").fill("5");
      await page.getByRole("button", { name: "Show as code" }).click();
      for (const [language, answer] of Object.entries(RUN)) {
        await page.getByLabel(language, { exact: true }).check();

        assert.equal(answer(await page.locator("#snippet-code").textContent(), folder), CIRCLE, language);
      }

      await page.getByRole("button", { name: "Close" }).click();
      await page.getByLabel("Question", { exact: true }).fill(HARD);
      await page.getByRole("button", { name: "Show as code" }).click();
      await page.getByLabel("curl").check();
      const sent = `curl() { cat; }\n${await page.locator("#snippet-code").textContent()}`;
      for (const shell of ["sh", "bash"]) {
        const body = JSON.parse(run(shell, ["-c", sent], folder));
        const [{ image_url }, { text }] = body.messages[0].content;
        assert.equal(text, HARD);
        assert.equal(body.stop, HARD);
        assert.equal(image_url.url.split(",")[1], readFileSync(picture("red-circle.png")).toString("base64"));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }));

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function assertAccessible(page, where) {
  await page.evaluate(AXE); // by the driver: the page's policy lets no other script in
  const { violations, passes } = await page.evaluate(() => window.axe.run());
  assert.ok(passes.length > 15, where);
  assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]), [], where);
  const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window_, `${where}: ${content} pixels wide`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    test(`is accessible to all and fits, ${colorScheme}, ${width} pixels wide`, () =>
      withPage(
        async (page) => {
          await ask(page, "What is in the picture?", "photo-red-circle.jpg");
          await write(page, "And here?", "blue-square.jpg", "yellow-star.jpg");
          await assertAccessible(page, "conversation");
          await page.getByRole("button", { name: "Show as code" }).click();
          await assertAccessible(page, "code");
          await page.getByRole("button", { name: "Close" }).click();
          if (width < 820) {
            await page.getByRole("button", { name: "Settings" }).click();
            assert.ok(await page.getByLabel("Temperature").isVisible());
            await assertAccessible(page, "settings");
          }
        },
        { colorScheme, viewport: { width, height } },
      ));
  }
}
