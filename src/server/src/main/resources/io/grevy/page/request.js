// What is asked, as the body of a request for a chat completion.

/**
 * @typedef {object} Picture
 * @property {string} name of its file
 * @property {string} type its media type
 * @property {string} url with all its bytes: data:…
 *
 * @typedef {object} Message
 * @property {"system"|"user"|"assistant"} role
 * @property {string} text
 * @property {Picture[]} [pictures]
 */

/**
 * @param {Message[]} messages
 * @param {object} sampling members of the request besides
 * @param {(picture: Picture) => string} urlOf what stands for a picture
 */
export function chatRequest(model, messages, sampling, urlOf = (picture) => picture.url) {
  return { model, messages: messages.map((message) => wire(message, urlOf)), ...sampling };
}

function wire({ role, text, pictures = [] }, urlOf) {
  if (pictures.length === 0) {
    return { role, content: text };
  }
  const seen = pictures.map((picture) => ({ type: "image_url", image_url: { url: urlOf(picture) } }));
  return { role, content: text ? [...seen, { type: "text", text }] : seen };
}

/** The pictures of messages in their order, each once. */
export const picturesOf = (messages) => [...new Set(messages.flatMap((message) => message.pictures ?? []))];
