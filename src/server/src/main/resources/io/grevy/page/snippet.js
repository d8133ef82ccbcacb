// The dialog that shows the request as code.
import { base } from "./api.js";
import { messages } from "./conversation.js";
import { curl } from "./curl.js";
import { byId, say } from "./dom.js";
import { java } from "./java.js";
import { key } from "./key.js";
import { python } from "./python.js";
import { picturesOf } from "./request.js";

const dialog = byId("snippet");
const code = byId("snippet-code");
const LANGUAGES = { curl, python, java };
const RUNS = {
  curl: "For a POSIX shell with curl.",
  python: "Needs OpenAI's client: pip install openai.",
  java: "Save it as Ask.java and run java Ask.java, with Java 17 or later.",
};
const EXAMPLE = { role: "user", text: "Who are you?" };

let request;

/** Shows the request that the question makes, or the last one again where it is empty. */
export function open(question, settings) {
  const asked = messages(settings.system, question);
  request = {
    base: base.href,
    keyed: key() !== "",
    model: settings.model,
    sampling: settings.sampling,
    messages: asked.some(({ role }) => role === "user") ? asked : [...asked, EXAMPLE],
  };
  show();
  dialog.showModal();
}

function show() {
  const language = dialog.querySelector("input:checked").value;
  const names = picturesOf(request.messages).map(({ name }) => name);
  const reads = names.length === 0 ? "" : ` It reads ${names.join(", ")} from the folder in which it runs.`;
  const keyed = request.keyed ? " The key comes from the environment variable GREVY_API_KEY." : "";
  say(byId("snippet-note"), RUNS[language] + reads + keyed);
  say(code, LANGUAGES[language](request));
  say(byId("copied"), "");
}

// The clipboard is there only over https and on this machine itself; else the text is marked, to be copied by hand.
async function copy() {
  try {
    await navigator.clipboard.writeText(code.textContent);
    say(byId("copied"), "Copied");
  } catch {
    getSelection().selectAllChildren(code);
    say(byId("copied"), "Marked: copy it with the keyboard");
  }
}

dialog.addEventListener("change", show);
byId("copy").onclick = copy;
byId("close").onclick = () => dialog.close();
