package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One model's figures at {@code /metrics}. */
final class Metrics {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Http http;
    private final String model;

    Metrics(Http http, String model) {
        this.http = http;
        this.model = model;
    }

    /** @param outcome the label of this name, empty where there is none */
    double value(String name, String outcome) throws Exception {
        String label = outcome.isEmpty() ? "" : "[^}]*outcome=\"" + outcome + "\"";
        Matcher matcher = Pattern.compile(
                        "^" + name + "\\{[^}]*model_name=\"" + model + "\"" + label + "[^}]*\\} (\\S+)$",
                        Pattern.MULTILINE)
                .matcher(http.get("/metrics").body());
        assertThat(matcher.find()).as("metric " + name).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    /** Waits until it has this value. */
    void await(String name, String outcome, double expected) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (value(name, outcome) != expected) {
            assertThat(System.nanoTime())
                    .as("%s stays at %s", name, value(name, outcome))
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
