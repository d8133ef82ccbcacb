// Building and finding elements. Text only ever becomes text: nothing here parses HTML.

/** The element of this id, which the page has. */
export const byId = (id) => document.getElementById(id);

/**
 * A new element.
 *
 * @param {string} name of the tag
 * @param {object} members properties, or attributes where their names hold a dash or are "role"
 * @param {...(Node|string)} children
 */
export function element(name, members = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(members)) {
    if (key.includes("-") || key === "role") {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children);
  return made;
}

/** Sets text where it differs, so that a screen reader is not told what it knows. */
export function say(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}
