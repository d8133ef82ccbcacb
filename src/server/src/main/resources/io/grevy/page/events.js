/**
 * The data of each event of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html. Of an event's
 * fields it reads data alone, and takes each to be one line, as this server's are.
 *
 * @param {ReadableStream<Uint8Array>} body
 */
export async function* eventData(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("data:")) {
        yield line.slice("data:".length).trim();
      }
    }
  }
}
