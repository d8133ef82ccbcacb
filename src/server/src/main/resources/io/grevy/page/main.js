// The page: what its buttons and keys do.
import * as conversation from "./conversation.js";
import { byId, say } from "./dom.js";
import * as figures from "./figures.js";
import { key, setKey } from "./key.js";
import * as models from "./models.js";
import * as pictures from "./pictures.js";
import { sampling, systemPrompt, wrongField } from "./settings.js";
import * as snippet from "./snippet.js";

const question = byId("question");
const toggle = byId("toggle");

const draft = () => ({ text: question.value.trim(), pictures: pictures.pending() });
const settings = () => ({ model: models.chosen(), system: systemPrompt(), sampling: sampling() });

// On a narrow page, where it takes the conversation's place.
function openPanel(open) {
  toggle.setAttribute("aria-expanded", String(open));
  say(toggle, open ? "Close" : "Settings");
  document.body.classList.toggle("panel-open", open);
}

/** Whether what is set can be meant; where not, the field says why. */
function checked() {
  const wrong = wrongField();
  if (wrong) {
    openPanel(true);
    wrong.reportValidity();
  }
  return !wrong;
}

function submit() {
  const asked = draft();
  if (conversation.busy() || !checked()) {
    return;
  }
  if (!asked.text && asked.pictures.length === 0) {
    say(byId("notice"), "Write a question first.");
    question.focus();
    return;
  }
  question.value = "";
  pictures.take();
  ask(asked);
}

async function ask(asked) {
  say(byId("notice"), "");
  showRunning(true);
  say(byId("announcement"), "Waiting for the answer.");
  const outcome = await conversation.ask(asked, settings(), () => {
    question.focus();
    ask(asked);
  });
  say(byId("announcement"), outcome);
  showRunning(false);
}

// The button that has the focus never goes without handing it on.
function showRunning(running) {
  const focused = document.activeElement;
  byId("stop").hidden = !running;
  byId("ask").hidden = running;
  if (focused === byId("ask") || focused === byId("stop")) {
    (running ? byId("stop") : question).focus();
  }
}

async function attach(files) {
  say(byId("notice"), await pictures.attach(files));
  question.focus();
}

byId("composer").onsubmit = (event) => {
  event.preventDefault();
  submit();
};
question.onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !byId("snippet").open) {
    conversation.stop();
  }
});
byId("stop").onclick = conversation.stop;
byId("clear").onclick = () => {
  conversation.clear();
  say(byId("notice"), "");
  question.focus();
};
byId("code").onclick = () => checked() && snippet.open(draft(), settings());
toggle.onclick = () => openPanel(toggle.getAttribute("aria-expanded") === "false");

byId("add").onclick = () => byId("files").click();
byId("files").onchange = async () => {
  await attach(byId("files").files);
  byId("files").value = "";
};
document.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length > 0) {
    event.preventDefault();
    attach(event.clipboardData.files);
  }
});

const holdsFiles = (event) => event.dataTransfer.types.includes("Files");
document.addEventListener("dragover", (event) => {
  if (holdsFiles(event)) {
    event.preventDefault();
    document.body.classList.add("dropping");
  }
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) {
    document.body.classList.remove("dropping");
  }
});
document.addEventListener("drop", (event) => {
  if (holdsFiles(event)) {
    event.preventDefault();
    document.body.classList.remove("dropping");
    attach(event.dataTransfer.files);
  }
});

byId("key").value = key();
byId("key").oninput = () => {
  setKey(byId("key").value.trim());
  say(byId("notice"), "");
};
models.watch((failure) => {
  if (failure.status === 401 && !key()) {
    say(byId("notice"), "This server asks for an API key. It goes under Settings.");
  }
});
figures.watch();
question.focus();
