package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AtomicLong seconds = new AtomicLong(100);

    @Test
    void drawsABarOnATerminalOverTheOneBefore() {
        Console console = new Console(new PrintStream(said, true, UTF_8), true);
        ProgressReport report = report(console);

        report.report("asking hub.example");
        report.report("pulling 50 % (0.7 of 1.4 GB), 12.3 MB/s");
        console.say("done");

        assertThat(said.toString(UTF_8))
                .isEqualTo("\r\u001b[Kgrevy: asking hub.example"
                        + "\r\u001b[Kgrevy: [############            ] pulling 50 % (0.7 of 1.4 GB), 12.3 MB/s"
                        + "\r\u001b[Kgrevy: done\n");
    }

    @Test
    void leavesNoBarBehind() {
        ProgressReport report = report(new Console(new PrintStream(said, true, UTF_8), true));
        report.report("pulling 100 % (1.4 of 1.4 GB)");

        report.end();

        assertThat(said.toString(UTF_8)).endsWith("\r\u001b[K");
    }

    @Test
    void saysEachTenthOnceElsewhere() {
        ProgressReport report = report(new Console(new PrintStream(said, true, UTF_8)));

        for (int percent = 0; percent <= 100; percent++) {
            report.report("pulling " + percent + " % (of much)");
            seconds.incrementAndGet();
        }

        assertThat(said.toString(UTF_8).lines())
                .hasSize(11)
                .startsWith("grevy: pulling 0 % (of much)", "grevy: pulling 10 % (of much)")
                .endsWith("grevy: pulling 100 % (of much)");
    }

    @Test
    void saysNotMuchAtOnceAndSomethingNowAndThen() {
        ProgressReport report = report(new Console(new PrintStream(said, true, UTF_8)));

        for (int percent = 0; percent <= 90; percent++) {
            report.report("pulling " + percent + " % (of much)");
        }
        seconds.addAndGet(31);
        report.report("pulling 91 % (of much)");
        seconds.addAndGet(31);
        report.report("pulling 91 % (of much)");

        assertThat(said.toString(UTF_8).lines())
                .containsExactly(
                        "grevy: pulling 0 % (of much)",
                        "grevy: pulling 91 % (of much)", "grevy: pulling 91 % (of much)");
    }

    @Test
    void saysWhatIsDoneInsteadAtOnce() {
        ProgressReport report = report(new Console(new PrintStream(said, true, UTF_8)));

        report.report("asking hub.example");
        report.report("pulling 1 % (of much)");
        report.report("trying again, since the hub is busy 1 % (of much)");

        assertThat(said.toString(UTF_8).lines()).hasSize(3);
    }

    private ProgressReport report(Console console) {
        return new ProgressReport(console, () -> seconds.get() * 1_000_000_000L);
    }
}
