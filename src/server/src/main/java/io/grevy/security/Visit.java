package io.grevy.security;

import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Usage;
import io.grevy.keys.Grant;
import io.grevy.model.Asker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request from its arrival to its end: who asks, until when, and what it came to. Its methods may be called by any
 * thread; the lock is this object.
 */
public final class Visit {

    /** The attribute of the servlet's request that holds it. */
    public static final String ATTRIBUTE = "io.grevy.visit";

    private final Instant arrival = Instant.now();
    private final long arrivalNanos = System.nanoTime();
    private final List<PictureNote> pictures = new ArrayList<>();
    private final StringBuilder answer = new StringBuilder();

    private String requestId = "";
    private Grant grant = Identity.ANYBODY;
    private Deadline deadline = Deadline.never();
    private String model = "";
    private String prompt = "";
    private String refusal = "";
    private Usage usage = new Usage(0, 0);
    private Duration toTurn = Duration.ZERO;
    private Duration toFirstToken = Duration.ZERO;
    private int gained;
    private boolean logged;
    private boolean keepsText;
    private boolean begun;
    private boolean settled;
    private @Nullable Quota quota;

    public synchronized String requestId() {
        return requestId;
    }

    public synchronized void requestId(String id) {
        requestId = id;
    }

    public synchronized Grant grant() {
        return grant;
    }

    public synchronized void grant(Grant known) {
        grant = known;
    }

    public synchronized Deadline deadline() {
        return deadline;
    }

    /**
     * Sets until when it has to be over.
     *
     * @param limit the server's; zero for none
     * @param asked the request's own
     */
    public synchronized void limit(Duration limit, Optional<Duration> asked) {
        deadline = Deadline.of(arrivalNanos, limit, asked);
    }

    /** As the model's queue knows it. */
    public synchronized Asker asker() {
        return new Asker(grant.tenant(), grant.priority());
    }

    public synchronized void model(String name) {
        model = name;
    }

    /** What was asked; kept only where the log tells it. */
    public synchronized void prompt(String text) {
        if (keepsText) {
            prompt = text;
        }
    }

    public synchronized boolean keepsText() {
        return keepsText;
    }

    /** @param texts whether what is asked and answered is kept for the log */
    synchronized void willBeLogged(boolean texts) {
        logged = true;
        keepsText = texts;
    }

    /** The code of the error that the client gets. */
    public synchronized void refused(String code) {
        refusal = code;
    }

    public synchronized void turnCame() {
        toTurn = sinceArrival();
    }

    /** A picture's or video's file is there. */
    public void sawPicture(byte[] file) {
        boolean hashed;
        synchronized (this) {
            hashed = logged;
        }
        PictureNote note = PictureNote.of(file, hashed);
        synchronized (this) {
            pictures.add(note);
        }
    }

    /** @throws QuotaExceededException if the tenant may not have so many */
    public void takePictures(int count) throws QuotaExceededException {
        Quota known;
        synchronized (this) {
            known = quota;
        }
        if (known != null) {
            known.pictures(count);
        }
    }

    /** Notes what a generation tells; with its last event the request is settled. */
    public synchronized void saw(GenerationEvent event) {
        if (event instanceof GenerationEvent.Gain gain) {
            if (gained == 0) {
                toFirstToken = sinceArrival();
            }
            gained += gain.tokens();
            if (keepsText && event instanceof GenerationEvent.Text text) {
                answer.append(text.text());
            }
        } else if (event instanceof GenerationEvent.Finished finished) {
            usage = finished.usage();
            settle();
        } else if (event instanceof GenerationEvent.Failed) {
            settle();
        }
    }

    synchronized void quota(Quota known) {
        quota = known;
    }

    synchronized void begun() {
        begun = true;
    }

    /**
     * Counts what it used to its tenant, and makes room for the tenant's next. To be called before the client can know
     * that it is over; later calls have no effect.
     */
    public synchronized void settle() {
        if (begun && !settled && quota != null) {
            settled = true;
            quota.charge(usage());
            quota.end();
        }
    }

    /** What its tenant has left, as headers. */
    public synchronized Map<String, String> limitHeaders() {
        return quota == null ? Map.of() : quota.headers();
    }

    /** What it used so far; of one that was cut short nobody knows the prompt's tokens. */
    synchronized Usage usage() {
        return usage.completionTokens() == 0 ? new Usage(usage.promptTokens(), gained) : usage;
    }

    synchronized Ending ending() {
        return new Ending(
                arrival,
                sinceArrival(),
                toTurn,
                toFirstToken,
                requestId,
                grant,
                model,
                usage(),
                List.copyOf(pictures),
                refusal,
                prompt,
                answer.toString(),
                begun);
    }

    private Duration sinceArrival() {
        return Duration.ofNanos(System.nanoTime() - arrivalNanos);
    }

    /**
     * All that is known of it at its end.
     *
     * @param toTurn from its arrival until it might run; zero if that did not come
     * @param toFirstToken from its arrival; zero if none came
     * @param refusal the code of the error that it got; empty for none
     * @param prompt what was asked, where the log tells it
     * @param answer the text that came, where the log tells it
     * @param counted whether it was one that is counted to a tenant
     */
    record Ending(
            Instant arrival,
            Duration time,
            Duration toTurn,
            Duration toFirstToken,
            String requestId,
            Grant grant,
            String model,
            Usage usage,
            List<PictureNote> pictures,
            String refusal,
            String prompt,
            String answer,
            boolean counted) {}
}
