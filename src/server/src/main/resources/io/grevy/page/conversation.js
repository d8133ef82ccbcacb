// What was asked and answered so far, and the one answer that is under way.
import { answer, Failure } from "./api.js";
import { chatRequest } from "./request.js";
import { Timing } from "./timing.js";
import { AnswerView, clear as clearTranscript, showQuestion } from "./transcript.js";

const NOTES = {
  length: "The answer ends here since it has as many tokens as it may.",
  stopped: "Stopped.",
};

/** Pairs of a question and the text of its answer; one that failed is not among them. */
let exchanges = [];
/** The last question, and the exchanges before it. */
let last;
let running;

/** Whether an answer is under way. */
export const busy = () => running !== undefined;

/** Ends the answer that is under way, if one is; what has come of it stays. */
export const stop = () => running?.abort();

export function clear() {
  stop();
  exchanges = [];
  last = undefined;
  clearTranscript();
}

/**
 * The messages of a request that asks this question, or, with an empty one, of the last request; without a user's
 * where there was none.
 *
 * @param {{text: string, pictures: import("./request.js").Picture[]}} question
 */
export function messages(system, question) {
  const empty = !question.text && question.pictures.length === 0;
  const { past = [], asked } = empty ? (last ?? {}) : { past: exchanges, asked: question };
  return [
    ...(system ? [{ role: "system", text: system }] : []),
    ...past.flatMap((one) => [{ role: "user", ...one.question }, { role: "assistant", text: one.text }]),
    ...(asked ? [{ role: "user", ...asked }] : []),
  ];
}

/**
 * Asks, and shows the answer as it comes.
 *
 * @param {object} settings the model, the system prompt and the sampling
 * @param {() => void} again asks the same once more, where it failed
 * @returns {Promise<string>} what has become of it, in words
 */
export async function ask(question, settings, again) {
  const controller = new AbortController();
  running = controller;
  const conversation = exchanges;
  last = { past: [...exchanges], asked: question };
  const body = chatRequest(settings.model, messages(settings.system, question), settings.sampling);
  const shown = showQuestion(question);
  const view = new AnswerView(settings.model);
  const received = { text: "", note: "" };
  try {
    await receive(answer(body, controller.signal), view, received);
  } catch (e) {
    if (e.name !== "AbortError") {
      const failure = e instanceof Failure ? e : new Failure(`This page failed: ${e.message}`);
      view.fail(failure.message, () => {
        if (!busy()) {
          shown.remove();
          view.remove();
          again();
        }
      });
      return "";
    }
    received.note = NOTES.stopped;
  } finally {
    running = undefined;
  }
  view.end(received.note);
  if (received.text) {
    conversation.push({ question, text: received.text });
  }
  return received.note || "The answer is complete.";
}

async function receive(chunks, view, received) {
  const timing = new Timing();
  for await (const { choices, usage } of chunks) {
    const [choice] = choices;
    if (choice?.delta.reasoning_content) {
      timing.piece();
      view.addReasoning(choice.delta.reasoning_content);
    }
    if (choice?.delta.content) {
      timing.piece();
      view.add(choice.delta.content);
      received.text += choice.delta.content;
    }
    received.note = NOTES[choice?.finish_reason] ?? received.note;
    if (usage) {
      timing.count(usage);
    }
    view.measure(timing);
  }
}
