// Live figures of the chosen model, from /metrics.
import { Failure, isRefusal, metrics } from "./api.js";
import { byId, say } from "./dom.js";
import { key } from "./key.js";
import { chosen } from "./models.js";
import { Plot } from "./plot.js";
import { samplesOf } from "./prometheus.js";

const MILLIS = { known: 2000, unknown: 200 };
const FIRST = "vllm:time_to_first_token_seconds";
const LATER = "vllm:time_per_output_token_seconds";

const number = (value) => String(Number(value.toFixed(value < 10 ? 1 : 0)));
const percent = (value) => `${number(value)} %`;
const duration = (ms) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${number(ms / 1000)} s`);

/** Each value is made of the samples now and before, and the seconds between; undefined where there is none. */
const FIGURES = [
  {
    plot: new Plot("Tokens per second", number),
    value: (now, before, seconds) =>
      (gain(`${FIRST}_count`, now, before) + gain(`${LATER}_count`, now, before)) / seconds,
  },
  {
    plot: new Plot("Time to first token", duration),
    value: (now, before) => (1000 * gain(`${FIRST}_sum`, now, before)) / gain(`${FIRST}_count`, now, before),
  },
  {
    plot: new Plot("Running requests", number),
    value: (now) => now.get("vllm:num_requests_running"),
  },
  {
    plot: new Plot("Waiting requests", number),
    value: (now) => now.get("vllm:num_requests_waiting"),
  },
  {
    plot: new Plot("KV cache in use", percent),
    value: (now) => 100 * now.get("vllm:kv_cache_usage_perc"),
  },
  {
    plot: new Plot("Picture encoding", duration),
    value: (now, before) =>
      (1000 * gain("grevy:picture_encode_seconds_sum", now, before)) /
      gain("grevy:picture_encode_seconds_count", now, before),
  },
];

let before;

/** The key that was refused; metrics need more than questions do. */
let refusedKey;

const gain = (name, now, then) => (now.get(name) ?? 0) - (then.get(name) ?? 0);

/** Asks and draws for as long as the page is seen. */
export async function watch() {
  const asking = key();
  if (!document.hidden && chosen() && asking !== refusedKey) {
    try {
      draw({ model: chosen(), at: performance.now(), samples: samplesOf(await metrics(), chosen()) });
      byId("figures-note").hidden = true;
    } catch (e) {
      say(byId("figures-note"), `None from /metrics: ${e instanceof Failure ? e.message : e}`);
      byId("figures-note").hidden = false;
      before = undefined;
      refusedKey = isRefusal(e) ? asking : undefined;
    }
  }
  // Soon after there is a model, so that its first answer lies between two samples.
  setTimeout(watch, chosen() ? MILLIS.known : MILLIS.unknown);
}

function draw(now) {
  if (before?.model !== now.model) {
    FIGURES.forEach(({ plot }) => plot.clear());
    say(byId("figures-of"), now.model);
  } else {
    const seconds = (now.at - before.at) / 1000;
    for (const { plot, value } of FIGURES) {
      plot.add(value(now.samples, before.samples, seconds));
    }
  }
  before = now;
}

byId("figures").append(...FIGURES.map(({ plot }) => plot.shown));
