import { chatRequest, picturesOf } from "./request.js";

/** What OpenAI's client has parameters for; the rest goes into its extra_body. */
const OPENAI = ["model", "messages", "temperature", "top_p", "seed", "max_completion_tokens", "stop"];

/** A program with OpenAI's client that asks the same and prints the answer as it comes. */
export function python({ base, keyed, model, messages, sampling }) {
  const pictures = picturesOf(messages);
  const body = chatRequest(model, messages, sampling, (picture) => new Call(picture));
  const own = Object.entries(body).filter(([name]) => OPENAI.includes(name));
  const extra = Object.entries(body).filter(([name]) => !OPENAI.includes(name));
  const members = [...own, ...(extra.length > 0 ? [["extra_body", Object.fromEntries(extra)]] : []), ["stream", true]];
  const apiKey = keyed ? 'os.environ["GREVY_API_KEY"]' : '"not used"';
  return [
    ...(pictures.length > 0 ? ["import base64"] : []),
    ...(keyed ? ["import os"] : []),
    "from openai import OpenAI\n",
    ...(pictures.length > 0 ? [IMAGE] : []),
    `client = OpenAI(base_url=${JSON.stringify(`${base}v3`)}, api_key=${apiKey})`,
    "stream = client.chat.completions.create(",
    ...members.map(([name, value]) => `    ${name}=${literal(value, "    ")},`),
    ")",
    "for chunk in stream:",
    "    if chunk.choices and chunk.choices[0].delta.content:",
    '        print(chunk.choices[0].delta.content, end="", flush=True)',
    "print()\n",
  ].join("\n");
}

const IMAGE = `def image(path, type):
    with open(path, "rb") as file:
        return f"data:{type};base64,{base64.b64encode(file.read()).decode()}"
`;

/** A picture, read where its URL is wanted. */
class Call {
  constructor({ name, type }) {
    this.text = `image(${JSON.stringify(name)}, ${JSON.stringify(type)})`;
  }
}

function literal(value, indent) {
  if (value instanceof Call) {
    return value.text;
  }
  if (value === true) {
    return "True";
  }
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value); // its strings and numbers are Python's too
  }
  const deeper = `${indent}    `;
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${literal(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const line = `${open}${items.join(", ")}${close}`;
  return line.length <= 90 && !line.includes("\n")
    ? line
    : `${open}\n${items.map((item) => `${deeper}${item},\n`).join("")}${indent}${close}`;
}
