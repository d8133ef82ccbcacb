package io.grevy.model;

import io.grevy.repository.ModelDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The loads of one model name, one after the other: the one that serves, the latest, which is to take its place, and
 * those that leave. A model is replaced by loading the new one beside the old one, so no request is without a model; if
 * the new one does not load, the old one stays. Thread-safe; the lock is this object, and nothing under it takes long.
 */
final class Succession implements ServedModel {

    private static final System.Logger LOG = System.getLogger(Succession.class.getName());
    private static final int MOST_PREPARATIONS = 3;

    private final String name;
    private final ModelLoading loading;
    private final List<ModelSlot> leaving = new CopyOnWriteArrayList<>();
    private final ReturningRequests returning = new ReturningRequests(System::nanoTime);

    private volatile ModelSlot serving;
    private volatile boolean resting;
    private volatile String loadedFiles = "";
    private volatile Instant since = Instant.EPOCH;
    private volatile boolean attempted;
    private volatile boolean removed;

    private ConfiguredModel wanted;
    private ModelSlot latest;
    private boolean due; // a load was asked for and has not begun
    private boolean busy; // a load has begun and not ended
    private String seenFiles = "";

    Succession(ConfiguredModel model, ModelLoading loading) {
        this.name = model.name();
        this.wanted = model;
        this.loading = loading;
        this.serving = slot(model);
        this.latest = serving;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant availableSince() {
        return since;
    }

    /** Whether the first attempt to load it is over. */
    boolean attempted() {
        return attempted;
    }

    /** Whether it was AVAILABLE at some time. */
    boolean wasAvailable() {
        return !since.equals(Instant.EPOCH);
    }

    /** Whether it was removed, and nothing of it is left. */
    synchronized boolean gone() {
        return removed && !busy && leaving.isEmpty();
    }

    /** @throws ModelUnavailableException if a request has nothing to wait for */
    ServedModel find() throws ModelUnavailableException {
        while (true) {
            ModelSlot slot = serving;
            if (resting) {
                return this;
            }
            try {
                slot.require();
                return this;
            } catch (ModelUnavailableException refusal) {
                refuseUnlessChanged(slot, refusal);
            }
        }
    }

    @Override
    public Place admit(Asker asker) throws QueueFullException, ModelUnavailableException {
        while (true) {
            ModelSlot slot = serving;
            try {
                return slot.require().admit(asker, System.nanoTime());
            } catch (ModelUnavailableException refusal) {
                Optional<Place> place = placeElsewhere(slot, asker, refusal);
                if (place.isPresent()) {
                    return place.get();
                }
            }
        }
    }

    /** Asks for its first load. */
    synchronized void begin() {
        ask();
    }

    /**
     * Follows what the configuration says now. A change of the files is taken up when two looks have seen the same, so
     * that files are not read while they are being written.
     *
     * @param told whether somebody asked for it: then one look is enough, and what did not load is tried again
     * @return whether there was anything to do
     */
    boolean follow(ConfiguredModel model, boolean told) {
        String files = model.files().get();
        synchronized (this) {
            boolean quiet = !busy && !due;
            boolean moved = !model.location().equals(wanted.location());
            boolean changed = quiet && !resting && !files.equals(loadedFiles) && (told || files.equals(seenFiles));
            boolean again = quiet && told && latest.error().isPresent();
            seenFiles = files;
            wanted = model;
            if (!moved && !changed && !again) {
                return false;
            }
            LOG.log(System.Logger.Level.INFO, "Model {0} is to be loaded anew: {1}", name, reason(moved, changed));
            if (moved && busy) {
                latest.cancel();
            }
            returning.forgetFailures();
            if (busy || !resting) {
                ask();
            }
            return true;
        }
    }

    /** Takes no requests from now on; what is loaded drains and goes. */
    synchronized void remove() {
        removed = true;
        latest.cancel();
        resting = false;
        returning.end("The model is being unloaded.");
        retire(serving, false);
    }

    /** Unloads it if no request came for so long, until one comes. On the loader's thread. */
    void restIfUnused(Duration patience) {
        ModelSlot slot;
        synchronized (this) {
            slot = serving;
            if (removed || busy || due || !slot.closeIfUnused(patience)) {
                return;
            }
            resting = true;
            latest = slot;
        }
        slot.rest("unloaded after %d s without a request; the next one loads it".formatted(patience.toSeconds()));
    }

    /** The one that serves first. */
    synchronized List<ModelStatus> statuses() {
        List<ModelStatus> statuses = new ArrayList<>();
        if (!removed && (latest == serving || serving.available().isPresent())) {
            statuses.add(status(serving));
        }
        if (removed ? busy : latest != serving) {
            statuses.add(status(latest));
        }
        leaving.forEach(slot -> statuses.add(slot.status()));
        return statuses;
    }

    private ModelStatus status(ModelSlot slot) {
        return resting ? slot.status().resting(since) : slot.status();
    }

    /** After a refusal: the place where this request waits, or nothing if another slot serves by now. */
    private synchronized Optional<Place> placeElsewhere(ModelSlot tried, Asker asker, ModelUnavailableException refusal)
            throws QueueFullException, ModelUnavailableException {
        if (resting) {
            ReturningPlace place = new ReturningPlace(asker, this::leave);
            returning.add(place);
            if (!busy) {
                ask();
            }
            return Optional.of(place);
        }
        refuseUnlessChanged(tried, refusal);
        return Optional.empty();
    }

    /** A refusal counts only where what was tried is what serves. */
    private synchronized void refuseUnlessChanged(ModelSlot tried, ModelUnavailableException refusal)
            throws ModelUnavailableException {
        if (!resting && serving == tried && tried.available().isEmpty()) {
            throw refusal;
        }
    }

    private synchronized void leave(ReturningPlace place) {
        returning.remove(place);
    }

    private void ask() {
        if (!due) {
            due = true;
            loading.threads().load(this::load);
        }
    }

    /** On the loader's thread. */
    private void load() {
        ModelSlot slot;
        synchronized (this) {
            if (!due || removed) {
                return;
            }
            due = false;
            busy = true;
            slot = slot(wanted);
            latest = slot;
            if (serving.state() == ModelState.START) {
                serving = slot;
            }
        }
        slot.load(loading.create());
        settle(slot);
    }

    private synchronized void settle(ModelSlot slot) {
        busy = false;
        attempted = true;
        Optional<LoadedModel> model = slot.available();
        if (removed) {
            retire(slot, false);
        } else if (model.isPresent()) {
            succeed(slot, model.get());
        } else if (slot.error().isPresent()) {
            fail(slot, slot.error().get());
        } else {
            latest = serving; // given up; another one is due
        }
    }

    private void succeed(ModelSlot slot, LoadedModel model) {
        ModelSlot before = serving;
        since = model.availableSince();
        returning.most(model.places());
        returning.arrive(model);
        serving = slot;
        resting = false;
        if (before != slot) {
            retire(before, true);
        }
    }

    private void fail(ModelSlot slot, String error) {
        if (resting) {
            returning.fail("The model '%s' failed to load: %s".formatted(name, error));
        }
        if (serving.available().isEmpty()) {
            serving = slot;
        }
    }

    private void retire(ModelSlot slot, boolean withWaiting) {
        if (slot.available().isPresent()) {
            leaving.add(slot);
            loading.threads().unload(name, () -> {
                slot.unload(loading.drain(), withWaiting);
                leaving.remove(slot);
            });
        }
    }

    private ModelSlot slot(ConfiguredModel model) {
        return new ModelSlot(name, progress -> prepare(model, progress));
    }

    /** Prepares the model again if its files changed meanwhile, so that they are known as they were prepared. */
    private ModelDefinition prepare(ConfiguredModel model, Consumer<String> progress) throws InterruptedException {
        for (int i = 1; ; i++) {
            String before = model.files().get();
            loadedFiles = before;
            ModelDefinition definition = model.preparation().prepare(progress);
            if (i == MOST_PREPARATIONS || before.equals(model.files().get())) {
                return definition;
            }
        }
    }

    private static String reason(boolean moved, boolean changed) {
        return moved ? "it lies elsewhere" : changed ? "its files have changed" : "it did not load before";
    }
}
