package io.grevy.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo model's training, cut short: {@code models/train/smoke.sh}. */
@Timeout(1500)
class TrainingIT {

    private static final Pattern SHIPPED = Pattern.compile("(?m)^shipped \\S+ (\\d+) bytes$");
    private static final Pattern WEIGHTS = Pattern.compile("(?m)^parameters (\\d+) ");

    @Test
    void learnsGoesOnFromItsCheckpointAndBecomesAModelInInt8ThatAnswers() throws Exception {
        String said = smoke();

        assertThat(said)
                .contains("the short ways give what the library gives", "from step 0\n", "from step 8\n", "step 12 ")
                .containsPattern("(?m)^answer:");
        assertThat(number(SHIPPED, said))
                .as("bytes: more than one for each weight, and fewer than two")
                .isBetween(number(WEIGHTS, said), 2 * number(WEIGHTS, said));
    }

    private static String smoke() throws Exception {
        Process smoke = new ProcessBuilder(
                        Deployments.model("train/smoke.sh").toString(),
                        TrainingEnvironment.install().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(smoke.getInputStream().readAllBytes(), UTF_8);
        assertThat(smoke.waitFor()).as(said).isZero();
        return said;
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
