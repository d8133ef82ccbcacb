import { chatRequest, picturesOf } from "./request.js";

/**
 * A command for a POSIX shell that asks the same. The body is a here-document, in which the shell reads the pictures.
 *
 * @param {string} base where the API is
 * @param {boolean} keyed whether a key is to be sent, from the environment
 */
export function curl({ base, keyed, model, messages, sampling }) {
  const pictures = picturesOf(messages);
  const mark = markFor(JSON.stringify(chatRequest(model, messages, sampling, () => "")));
  const urlOf = (picture) => mark + pictures.indexOf(picture) + mark;
  const body = JSON.stringify(chatRequest(model, messages, sampling, urlOf), null, 2);
  const escaped = body
    .replaceAll(/[\\$`]/g, "\\$&")
    .replaceAll(new RegExp(`${mark}(\\d+)${mark}`, "g"), (_, i) => inShell(pictures[i]));
  return [
    `curl ${base}v3/chat/completions \\`,
    `  -H "Content-Type: application/json" \\`,
    ...(keyed ? [`  -H "Authorization: Bearer $GREVY_API_KEY" \\`] : []),
    `  -d @- <<EOF\n${escaped}\nEOF\n`,
  ].join("\n");
}

// What the text does not hold.
function markFor(text) {
  let mark = "@";
  while (text.includes(mark)) {
    mark += "@";
  }
  return mark;
}

function inShell({ name, type }) {
  return `data:${type};base64,$(base64 < '${name.replaceAll("'", "'\\''")}' | tr -d '\\n')`;
}
