// OpenAI's own client.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const SEEING = "grevy/demo";
const CALLING = "calling";
const PICTURES = {
  "red-circle.png": "I see a red circle.",
  "blue-square.jpg": "I see a blue square.",
};

const server = process.env.GREVY_URL.replace(/\/$/, "");
const client = new OpenAI({ baseURL: `${server}/v3`, apiKey: "not used", maxRetries: 0 });

function about(picture) {
  const file = `${process.env.GREVY_PICTURES}/${picture}`;
  const type = picture.endsWith(".png") ? "image/png" : "image/jpeg";
  const url = `data:${type};base64,${readFileSync(file).toString("base64")}`;
  return [
    {
      role: "user",
      content: [
        { type: "text", text: "What is in the picture?" },
        { type: "image_url", image_url: { url } },
      ],
    },
  ];
}

function assertLooked(args) {
  assert.deepEqual(Object.keys(args).sort(), ["colour", "sides"]);
  assert.ok(["red", "grün"].includes(args.colour));
  assert.ok(Number.isInteger(args.sides) && args.sides >= 0 && args.sides <= 9);
}

test("says who it is", async () => {
  const answer = await client.chat.completions.create({
    model: SEEING,
    messages: [{ role: "user", content: "Who are you?" }],
    max_completion_tokens: 40,
  });

  assert.match(answer.choices[0].message.content, /shapes/);
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

for (const [picture, expected] of Object.entries(PICTURES)) {
  test(`says what is in ${picture}`, async () => {
    const answer = await client.chat.completions.create({ model: SEEING, messages: about(picture) });

    assert.equal(answer.choices[0].message.content, expected);
    assert.equal(answer.choices[0].finish_reason, "stop");
  });
}

test("responses: says whole and in pieces what is in a picture", async () => {
  const url = about("red-circle.png")[0].content[1].image_url.url;
  const content = [
    { type: "input_text", text: "What is in the picture?" },
    { type: "input_image", detail: "auto", image_url: url },
  ];
  const asked = { model: SEEING, input: [{ role: "user", content }], store: false };

  const whole = await client.responses.create(asked);
  const pieces = [];
  for await (const event of await client.responses.create({ ...asked, stream: true })) {
    if (event.type === "response.output_text.delta") {
      pieces.push(event.delta);
    }
  }

  assert.equal(whole.status, "completed");
  assert.equal(whole.output_text, PICTURES["red-circle.png"]);
  assert.ok(pieces.length > 4);
  assert.equal(pieces.join(""), whole.output_text);
});

test("streams what it says whole", async () => {
  const pieces = [];
  const stream = client.chat.completions
    .stream({ model: SEEING, messages: about("red-circle.png"), stream_options: { include_usage: true } })
    .on("content", (piece) => pieces.push(piece));
  const final = await stream.finalChatCompletion();

  assert.equal(pieces.join(""), PICTURES["red-circle.png"]);
  assert.equal(final.choices[0].message.content, PICTURES["red-circle.png"]);
  assert.ok(pieces.length > 4);
  assert.ok(final.usage.completion_tokens >= pieces.length);
});

const look = {
  name: "look",
  description: "Looks at something.",
  strict: true,
  parameters: {
    type: "object",
    properties: {
      colour: { enum: ["red", "grün"] },
      sides: { type: "integer", minimum: 0, maximum: 9 },
    },
    required: ["colour", "sides"],
    additionalProperties: false,
  },
};

const calling = {
  model: CALLING,
  tools: [{ type: "function", function: look }],
  tool_choice: "required",
  parallel_tool_calls: false,
  temperature: 1,
  seed: 5,
  max_completion_tokens: 200,
};

test("takes a tool's result and goes on", async () => {
  const messages = [{ role: "user", content: "What do you see?" }];
  const first = await client.chat.completions.create({ ...calling, messages });
  const [call] = first.choices[0].message.tool_calls;
  assert.equal(first.choices[0].finish_reason, "tool_calls");
  assert.equal(call.function.name, "look");
  assertLooked(JSON.parse(call.function.arguments));

  messages.push(first.choices[0].message);
  messages.push({ role: "tool", tool_call_id: call.id, content: "a red triangle" });
  const second = await client.chat.completions.create({
    ...calling,
    messages,
    tool_choice: "auto",
    max_completion_tokens: 8,
  });

  assert.equal(second.choices[0].message.tool_calls, undefined);
  assert.ok(second.choices[0].message.content);
  assert.ok(second.usage.prompt_tokens > first.usage.prompt_tokens);
});

test("runs a tool that is called in a stream", async () => {
  const looks = [];
  const runner = client.chat.completions.runTools(
    {
      ...calling,
      tool_choice: { type: "function", function: { name: "look" } },
      messages: [{ role: "user", content: "What do you see?" }],
      tools: [
        {
          type: "function",
          function: { ...look, parse: JSON.parse, function: (args) => (looks.push(args), "a red triangle") },
        },
      ],
      stream: true,
    },
    { maxChatCompletions: 1 },
  );
  await runner.done();

  assert.equal(looks.length, 1);
  assertLooked(looks[0]);
});

test("answers in the form of a schema", async () => {
  const seen = z.object({ colour: z.enum(["red", "blue"]), shape: z.enum(["circle", "square"]) });
  const answer = await client.chat.completions.parse({
    model: SEEING,
    messages: about("red-circle.png"),
    response_format: zodResponseFormat(seen, "seen"),
    // Greedily the demo model, which never saw JSON, writes white space for ever: the grammar lets it.
    temperature: 1,
    seed: 7,
    max_completion_tokens: 1000,
  });

  seen.parse(answer.choices[0].message.parsed);
});

test("goes on with a raw prompt", async () => {
  const asked = { model: CALLING, prompt: "The circle", max_tokens: 6, temperature: 0 };
  const whole = await client.completions.create(asked);
  let text = "";
  for await (const chunk of await client.completions.create({ ...asked, stream: true })) {
    text += chunk.choices[0].text;
  }

  assert.ok(whole.choices[0].text);
  assert.equal(text, whole.choices[0].text);
});

test("lists its models", async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    ids.push(model.id);
  }

  assert.deepEqual(ids.sort(), [CALLING, SEEING]);
});

test("an unknown model is its own error", async () => {
  await assert.rejects(
    client.chat.completions.create({ model: "nobody/nothing", messages: about("red-circle.png") }),
    (error) => error instanceof OpenAI.NotFoundError && error.code === "model_not_found",
  );
});
