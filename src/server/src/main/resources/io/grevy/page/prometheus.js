const LINE = /^([\w:]+)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/**
 * The samples of one model in Prometheus' text:
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format.
 *
 * @param {string} text
 * @param {string} model the value of their label model_name
 * @returns {Map<string, number>} the sum of the samples of each name
 */
export function samplesOf(text, model) {
  const samples = new Map();
  for (const line of text.split("\n")) {
    const [, name, labels = "", value] = LINE.exec(line) ?? [];
    if (name && modelIn(labels) === model) {
      samples.set(name, (samples.get(name) ?? 0) + Number(value));
    }
  }
  return samples;
}

function modelIn(labels) {
  for (const [, label, value] of labels.matchAll(LABEL)) {
    if (label === "model_name") {
      return value.replaceAll(/\\(.)/g, (_, escaped) => (escaped === "n" ? "\n" : escaped));
    }
  }
  return undefined;
}
