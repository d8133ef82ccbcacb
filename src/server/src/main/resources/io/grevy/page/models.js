// The models and their states, asked for as long as the page is seen.
import { Failure, isRefusal, states } from "./api.js";
import { byId, element, say } from "./dom.js";
import { key } from "./key.js";

const choice = byId("model");
const MILLIS = { settled: 5000, changing: 1000 };

/** The key that was refused: what is refused once is not asked again with the same key. */
let refusedKey;

/** The name of the model that is chosen; empty before there is any. */
export const chosen = () => choice.value;

/** @param {(failure: Failure) => void} refused is told why there are no states */
export async function watch(refused) {
  let wait = MILLIS.changing;
  const asking = key();
  if (!document.hidden && asking !== refusedKey) {
    try {
      const all = Object.entries(await states()).map(latest);
      show(all);
      wait = all.every(({ state }) => state === "AVAILABLE") ? MILLIS.settled : MILLIS.changing;
    } catch (e) {
      say(byId("state"), e instanceof Failure ? e.message : String(e));
      byId("state").dataset.state = "unknown";
      refusedKey = isRefusal(e) ? asking : undefined;
      refused(e);
    }
  }
  setTimeout(() => watch(refused), wait);
}

// Of a model that is being replaced, the version that serves.
function latest([name, { model_version_status: versions }]) {
  const { version, state, status } = versions.find((one) => one.state === "AVAILABLE") ?? versions[0];
  return { name, version, state, message: status.error_message === "OK" ? "" : status.error_message };
}

function show(all) {
  showChoice(all.map(({ name }) => name));
  choice.onchange = () => showState(all);
  showState(all);
  const items = all.map(item);
  const list = byId("models");
  if (list.textContent !== items.map((one) => one.textContent).join("")) {
    list.replaceChildren(...items);
  }
}

function showState(all) {
  const current = all.find(({ name }) => name === chosen());
  say(byId("state"), current ? current.state : "No model");
  byId("state").dataset.state = current?.state ?? "unknown";
}

function showChoice(names) {
  const shown = [...choice.options].map((option) => option.value);
  if (shown.join("\n") !== names.join("\n")) {
    const before = chosen();
    choice.replaceChildren(...names.map((name) => element("option", {}, name)));
    choice.value = names.includes(before) ? before : (names[0] ?? "");
  }
}

function item({ name, version, state, message }) {
  const shown = element("p", { className: "state" }, state);
  shown.dataset.state = state;
  const made = element("li", {}, element("p", {}, name, element("small", {}, ` version ${version}`)), shown);
  if (message) {
    made.append(element("p", { className: "note" }, message));
  }
  return made;
}
