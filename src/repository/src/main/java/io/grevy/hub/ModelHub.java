package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pulls models from a hub. Thread-safe; of pulls into one folder, one works while the others wait. */
public final class ModelHub {
    private final HubSettings settings;

    public ModelHub(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether the model is there, so that {@link #pull} would not ask the hub.
     *
     * @throws HubException where the folder holds another revision than the one asked for
     */
    public static boolean isThere(PullRequest request) throws HubException {
        Path folder = request.folder();
        if (request.overwrite()) {
            return false;
        }
        if (!request.namedFiles().isEmpty()) {
            return request.namedFiles().stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
        }
        if (Files.isRegularFile(folder)) {
            throw new HubException(Reason.FOLDER, folder + ": a file; a folder is expected there");
        }
        try {
            if (!Files.exists(folder) || Staging.isEmpty(folder)) {
                return false;
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, folder);
        }
        requireRevision(request, folder);
        return true;
    }

    /**
     * Whether the model is there, as {@link #isThere} says.
     *
     * @throws HubException also where it is not, and no request may be made
     */
    public boolean check(PullRequest request) throws HubException {
        boolean there = isThere(request);
        if (!there && settings.offline()) {
            throw new HubException(
                    Reason.OFFLINE,
                    request.source() + ": not in " + request.folder()
                            + ", and HF_HUB_OFFLINE is set; unset it, or bring the folder there otherwise");
        }
        return there;
    }

    /**
     * Brings the model's files into its folder, unless it is there. Until all are there and checked, the folder does
     * not exist, or is the one of before; what an attempt has fetched is kept for the next one, also when it is
     * interrupted or killed.
     *
     * @param progress is told how far it is
     * @throws HubException with the cause and what helps
     * @throws InterruptedException when the thread is interrupted, which ends the pull
     */
    @SuppressWarnings("try") // The lock is held, not used.
    public PullResult pull(PullRequest request, PullProgress progress) throws HubException, InterruptedException {
        if (check(request)) {
            return new PullResult.AlreadyThere(request.folder());
        }
        Staging staging = new Staging(request.folder());
        staging.refuseLink();
        try (PullLock lock = PullLock.acquire(
                staging.folder(), () -> progress.enter("waiting for another pull of the same model"))) {
            return pullLocked(request, staging, progress);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw DiskErrors.of(e, staging.folder());
        }
    }

    private PullResult pullLocked(PullRequest request, Staging staging, PullProgress progress)
            throws HubException, IOException, InterruptedException {
        staging.prepare();
        if (isThere(request)) {
            // Another has pulled it meanwhile.
            staging.discard();
            return new PullResult.AlreadyThere(request.folder());
        }
        progress.enter("asking " + settings.endpoint().getHost());
        ModelApi api = new ModelApi(settings, new HubConnection(settings), request.source());
        Listing listing = wanted(list(api, progress), request);
        staging.keepOnly(listing.files().stream().map(HubFile::name).collect(Collectors.toSet()));
        DiskErrors.requireRoom(staging.folder(), staging.missing(listing));
        progress.begin(listing.bytes());
        Downloads.run(
                listing.files().stream()
                        .sorted(Comparator.comparingLong(HubFile::size).reversed())
                        .map(file -> new FileDownload(api, listing.commit(), file, staging, settings, progress))
                        .toList(),
                settings.parallelFiles());
        show(request, listing, staging);
        return new PullResult.Pulled(
                request.folder(), listing.commit(), listing.files().size(), listing.bytes());
    }

    private Listing list(ModelApi api, PullProgress progress) throws HubException, InterruptedException {
        return new Retry(settings, progress).run(new Retry.Attempt<>() {
            @Override
            public Listing make() throws HubException, InterruptedException {
                return api.list();
            }

            // Who has no network should hear so at once; within a pull it may well come back.
            @Override
            public boolean isWorthAnother(HubException e) {
                return e.reason() != Reason.UNREACHABLE && e.isPassing();
            }
        });
    }

    private static Listing wanted(Listing all, PullRequest request) throws HubException {
        List<String> names = request.namedFiles();
        if (names.isEmpty()) {
            return requireFiles(all, request);
        }
        Set<String> missing = new HashSet<>(names);
        List<HubFile> files =
                all.files().stream().filter(file -> missing.remove(file.name())).toList();
        Optional<String> first = names.stream().filter(missing::contains).findFirst();
        if (first.isPresent()) {
            throw new HubException(
                    Reason.FILE_MISSING,
                    request.source() + ": it has no file " + first.get() + "; its GGUF files: "
                            + all.files().stream()
                                    .map(HubFile::name)
                                    .filter(name -> name.endsWith(".gguf"))
                                    .limit(20)
                                    .collect(Collectors.collectingAndThen(
                                            Collectors.joining(", "), list -> list.isEmpty() ? "none" : list)));
        }
        return new Listing(all.commit(), files);
    }

    private static Listing requireFiles(Listing all, PullRequest request) throws HubException {
        if (all.files().isEmpty()) {
            throw new HubException(Reason.FILE_MISSING, request.source() + ": the hub lists no files of it");
        }
        return all;
    }

    private static void show(PullRequest request, Listing listing, Staging staging) throws IOException {
        if (request.gguf().isPresent()) {
            staging.showAmongOthers(request.namedFiles());
        } else {
            new PullRecord(request.source().name(), request.source().revisionOrMain(), listing.commit())
                    .write(staging.tree());
            staging.show();
        }
    }

    private static void requireRevision(PullRequest request, Path folder) throws HubException {
        Optional<PullRecord> record = PullRecord.read(folder).filter(known -> !known.satisfies(request.source()));
        if (record.isPresent()) {
            throw new HubException(
                    Reason.FOLDER,
                    folder + ": it holds the revision '" + record.get().revision() + "' (commit "
                            + record.get().commit() + "), not '"
                            + request.source().revisionOrMain()
                            + "'; --overwrite_models replaces it");
        }
    }
}
