package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullProgressTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1);
    private final PullProgress progress = new PullProgress(now::get, status -> told.add(status.text()));

    @Test
    void saysHowMuchOfHowMuch() {
        progress.begin(1_400_000_000);
        progress.found(300_000_000);
        progress.fetched(180_000_000);

        assertThat(progress.status().text()).isEqualTo("pulling 34 % (0.5 of 1.4 GB)");
    }

    @Test
    void saysThePhaseWhileTheSizeIsNotKnown() {
        progress.enter("asking hub.example");

        assertThat(progress.status().text()).isEqualTo("asking hub.example");
        assertThat(progress.status().percent()).isZero();
    }

    @Test
    void knowsTheRateOfTheLastSecondsWithoutWhatWasFoundHere() {
        progress.begin(100_000_000);
        progress.found(50_000_000);
        for (int second = 0; second < 20; second++) {
            progress.fetched(second < 10 ? 100_000 : 2_000_000);
            now.addAndGet(1_000_000_000);
        }

        assertThat(progress.status().bytesPerSecond()).isBetween(1_700_000L, 2_100_000L);
        assertThat(progress.status().rate()).matches("\\d\\.\\d MB/s");
    }

    @Test
    void hasNoRateWhenNothingComes() {
        progress.begin(1000);
        progress.fetched(10);
        now.addAndGet(60_000_000_000L);

        assertThat(progress.status().rate()).isEmpty();
    }

    @Test
    void tellsEachPhaseAndEachPercentOnce() {
        progress.enter("asking hub.example");
        progress.begin(1000);
        for (int i = 0; i < 20; i++) {
            progress.fetched(1);
        }

        assertThat(told)
                .containsExactly(
                        "asking hub.example",
                        "pulling 0 % (0.0 of 1.0 kB)",
                        "pulling 1 % (0.0 of 1.0 kB)",
                        "pulling 2 % (0.0 of 1.0 kB)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "1400000000, 1.4 GB"
    })
    void writesSizesForPeople(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
