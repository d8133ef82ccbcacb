// The pictures that go with the next question: chosen, dropped or pasted.
import { byId, element } from "./dom.js";

const list = byId("attached");
/** The URL of each picture by its name. */
const named = new Map();
let attached = [];

/**
 * Adds files that are pictures.
 *
 * @returns {Promise<string>} what is wrong with the others; empty where nothing is
 */
export async function attach(files) {
  const pictures = [...files].filter((file) => file.type.startsWith("image/"));
  attached.push(...(await Promise.all(pictures.map(read))));
  show();
  const others = [...files].filter((file) => !pictures.includes(file)).map((file) => file.name);
  return others.length === 0 ? "" : `Not a picture: ${others.join(", ")}`;
}

/** Gives the pictures away, to be sent. */
export function take() {
  const taken = attached;
  attached = [];
  show();
  return taken;
}

/** Those that would be sent. */
export const pending = () => [...attached];

/** Takes pictures back that were not answered. */
export function restore(pictures) {
  attached = [...pictures];
  show();
}

export const thumbnail = (picture) => element("img", { src: picture.url, alt: picture.name, title: picture.name });

async function read(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return { name: nameFor(file.name || "picture", url), type: file.type, url };
}

// Two pictures of one name would be one file to the code that is shown.
function nameFor(wanted, url) {
  const dot = wanted.lastIndexOf(".") > 0 ? wanted.lastIndexOf(".") : wanted.length;
  let name = wanted;
  for (let i = 2; named.has(name) && named.get(name) !== url; i++) {
    name = `${wanted.slice(0, dot)}-${i}${wanted.slice(dot)}`;
  }
  named.set(name, url);
  return name;
}

function show() {
  list.replaceChildren(...attached.map(item));
}

function item(picture) {
  const remove = element("button", { type: "button", "aria-label": `Remove ${picture.name}` }, "×");
  remove.onclick = () => {
    attached = attached.filter((other) => other !== picture);
    show();
    byId("question").focus();
  };
  return element("li", {}, thumbnail(picture), remove);
}
