// The system prompt and how tokens are chosen.
import { byId } from "./dom.js";

const form = byId("settings");
const NUMBERS = ["temperature", "top_p", "top_k", "seed", "max_completion_tokens"];

/** The first field whose value cannot be meant, if there is one. */
export const wrongField = () => [...form.elements].find((field) => !field.validity.valid);

export const systemPrompt = () => form.elements.system.value.trim();

/** What was set, as members of a request. */
export function sampling() {
  const set = {};
  for (const name of NUMBERS) {
    const text = form.elements[name].value;
    if (text !== "") {
      set[name] = Number(text);
    }
  }
  if (form.elements.stop.value !== "") {
    set.stop = form.elements.stop.value;
  }
  return set;
}

form.onsubmit = (event) => event.preventDefault();
