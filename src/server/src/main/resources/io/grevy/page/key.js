// The API key: of this tab alone, and gone with it.
const NAME = "grevy.key";

export const key = () => sessionStorage.getItem(NAME) ?? "";

export function setKey(text) {
  if (text) {
    sessionStorage.setItem(NAME, text);
  } else {
    sessionStorage.removeItem(NAME);
  }
}

/** The headers that identify this client; none without a key. */
export const credentials = () => (key() ? { Authorization: `Bearer ${key()}` } : {});
