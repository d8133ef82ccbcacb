package io.grevy.cli;

import io.grevy.hub.PullProgress;
import java.time.Duration;

/** Reports a pull of this process while it goes on. */
final class PullWatch implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PullProgress progress;
    private final ProgressReport report;
    private final Thread thread = new Thread(this, "grevy-pull-report");

    PullWatch(PullProgress progress, ProgressReport report) {
        this.progress = progress;
        this.report = report;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** After it nothing more is reported. */
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        report.end();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE.toMillis());
                PullProgress.Status status = progress.status();
                String rate = status.rate();
                report.report(status.text() + (rate.isEmpty() ? "" : ", " + rate));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
