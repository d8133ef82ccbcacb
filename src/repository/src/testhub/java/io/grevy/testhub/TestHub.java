package io.grevy.testhub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hub and its store, each on a free port of this machine. Thread-safe. Closing ends all that still waits.
 *
 * <p>Large files are redirected to the store; small ones to the hub's own cache, by a relative address.
 */
public final class TestHub implements AutoCloseable {
    /** Who sends it may read gated models. */
    public static final String GOOD_TOKEN = "hf_good";

    private static final Pattern API = Pattern.compile("/api/models/(.+?)(?:/(revision|tree)/([^/]+))?");
    private static final Pattern RESOLVE = Pattern.compile("/(?!api/|store/)(.+?)/resolve/([^/]+)/(.+)");
    private static final Pattern CACHE = Pattern.compile("/api/resolve-cache/models/(.+?)/([0-9a-f]{40})/(.+)");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub;
    private final HttpServer store;
    private final Map<String, HubModel> models = new ConcurrentHashMap<>();
    private final Map<String, String> listings = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Set<String> gated = ConcurrentHashMap.newKeySet();
    private final List<HubRequest> requests = new CopyOnWriteArrayList<>();

    private TestHub() throws IOException {
        hub = listen(this::answer);
        store = listen(this::answerOfStore);
    }

    public static TestHub start() {
        try {
            return new TestHub();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    /** Holds a model, in place of the one of that name. */
    public void put(String name, HubModel model) {
        models.put(name, model);
    }

    /** Gives the model's files to those only that send {@link #GOOD_TOKEN}. */
    public void gate(String name) {
        gated.add(name);
    }

    /** Lists the model so, whatever it holds. */
    public void list(String name, String json) {
        listings.put(name, json);
    }

    /**
     * Lets the next answers go wrong.
     *
     * @param place a model's file ({@code org/model/file}), or a path of the API
     * @param next one for each answer
     */
    public void fail(String place, Fault... next) {
        faults.computeIfAbsent(place, key -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
    }

    /** All requests so far, in their order. */
    public List<HubRequest> requests() {
        return List.copyOf(requests);
    }

    /** The requests that were answered with the file's bytes, or should have been. */
    public List<HubRequest> downloads(String name, String file) {
        HubModel model = model(name);
        byte[] bytes = model.file(file);
        String path = HubModel.isLarge(bytes) ? storePath(bytes) : cachePath(name, model.commit(), file);
        return requests.stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().equals(path))
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        hub.stop(0);
        store.stop(0);
    }

    private interface Handler {
        void answer(HubAnswer answer, HubRequest request) throws IOException;
    }

    private HttpServer listen(Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(exchange, handler, server == store));
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private void serve(HttpExchange exchange, Handler handler, boolean ofStore) {
        HubRequest request = new HubRequest(
                ofStore,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Map.copyOf(exchange.getRequestHeaders()),
                new AtomicLong());
        requests.add(request);
        // Closing an answer that is not whole ends the connection.
        try (exchange) {
            handler.answer(new HubAnswer(exchange, request), request);
        } catch (IOException e) {
            // The client has gone, or the hub closes.
        }
    }

    private void answer(HubAnswer answer, HubRequest request) throws IOException {
        String path = request.path();
        Matcher cache = CACHE.matcher(path);
        Matcher api = API.matcher(path);
        Matcher resolve = RESOLVE.matcher(path);
        if (cache.matches()) {
            HubModel model = model(cache.group(1));
            byte[] bytes = model.file(cache.group(3));
            answer.header("ETag", "\"" + HubModel.blobId(bytes) + "\"");
            answer.header("X-Repo-Commit", model.commit());
            answer.file(bytes, fault(cache.group(1) + "/" + cache.group(3)));
        } else if (api.matches()) {
            answerApi(answer, request, api);
        } else if (resolve.matches()) {
            resolve(answer, request, resolve);
        } else {
            answer.status(404, Map.of(), "");
        }
    }

    private void answerApi(HubAnswer answer, HubRequest request, Matcher api) throws IOException {
        String name = api.group(1);
        if (fault(request.path()) instanceof Fault.Status status) {
            answer.status(status.status(), status.headers(), status.body());
        } else if (!models.containsKey(name)) {
            missing(answer, request);
        } else if (api.group(3) != null && !isRevision(name, api.group(3))) {
            answer.status(404, Map.of("X-Error-Code", "RevisionNotFound"), "");
        } else {
            HubModel model = model(name);
            String json = "tree".equals(api.group(2))
                    ? HubJson.tree(model)
                    : listings.getOrDefault(name, HubJson.model(name, model));
            answer.status(200, Map.of("Content-Type", "application/json; charset=utf-8"), json);
        }
    }

    private void resolve(HubAnswer answer, HubRequest request, Matcher resolve) throws IOException {
        String name = resolve.group(1);
        HubModel model = models.get(name);
        String token = request.header("Authorization").orElse("");
        if (model == null) {
            missing(answer, request);
        } else if (gated.contains(name) && !token.equals("Bearer " + GOOD_TOKEN)) {
            answer.status(token.isEmpty() ? 401 : 403, Map.of("X-Error-Code", "GatedRepo"), "");
        } else if (!isRevision(name, resolve.group(2))) {
            answer.status(404, Map.of("X-Error-Code", "RevisionNotFound"), "");
        } else if (!model.files().containsKey(resolve.group(3))) {
            answer.status(404, Map.of("X-Error-Code", "EntryNotFound"), "");
        } else {
            redirect(answer, name, model, resolve.group(3));
        }
    }

    private void redirect(HubAnswer answer, String name, HubModel model, String file) throws IOException {
        byte[] bytes = model.file(file);
        answer.header("X-Repo-Commit", model.commit());
        if (HubModel.isLarge(bytes)) {
            String location = "http://127.0.0.1:" + store.getAddress().getPort() + storePath(bytes);
            answer.status(
                    302,
                    Map.of(
                            "Location",
                            location + "?file=" + encoded(name + "/" + file),
                            "X-Linked-Etag",
                            "\"" + HubModel.sha256(bytes) + "\"",
                            "X-Linked-Size",
                            Integer.toString(bytes.length)),
                    "");
        } else {
            answer.status(307, Map.of("Location", encoded(cachePath(name, model.commit(), file))), "");
        }
    }

    private void answerOfStore(HubAnswer answer, HubRequest request) throws IOException {
        String place = answer.query().replaceFirst("file=", "");
        HubModel model = model(place.substring(0, place.indexOf('/', place.indexOf('/') + 1)));
        byte[] bytes = model.file(place.substring(place.indexOf('/', place.indexOf('/') + 1) + 1));
        answer.header("ETag", "\"of-the-store\"");
        answer.file(bytes, fault(place));
    }

    // As the real one: to strangers a missing model is like a private one.
    private static void missing(HubAnswer answer, HubRequest request) throws IOException {
        boolean known = request.header("Authorization").isPresent();
        answer.status(known ? 404 : 401, Map.of("X-Error-Code", "RepoNotFound"), "");
    }

    private boolean isRevision(String name, String revision) {
        return revision.equals("main") || revision.equals(model(name).commit());
    }

    private HubModel model(String name) {
        HubModel model = models.get(name);
        if (model == null) {
            throw new IllegalArgumentException("no model " + name);
        }
        return model;
    }

    private @Nullable Fault fault(String place) {
        Queue<Fault> queue = faults.get(place);
        return queue == null ? null : queue.poll();
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String storePath(byte[] bytes) {
        return "/store/" + HubModel.sha256(bytes);
    }

    private static String cachePath(String name, String commit, String file) {
        return "/api/resolve-cache/models/" + name + "/" + commit + "/" + file;
    }
}
