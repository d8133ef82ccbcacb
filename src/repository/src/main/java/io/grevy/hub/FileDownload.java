package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings one file into the staging folder: what is there is kept, what is missing asked for, and the whole checked. A
 * file that is wrong is fetched once more. For one thread.
 */
final class FileDownload implements Callable<HubFile> {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

    private final ModelApi api;
    private final String commit;
    private final HubFile file;
    private final Staging staging;
    private final HubSettings settings;
    private final PullProgress progress;

    FileDownload(
            ModelApi api, String commit, HubFile file, Staging staging, HubSettings settings, PullProgress progress) {
        this.api = api;
        this.commit = commit;
        this.file = file;
        this.staging = staging;
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public HubFile call() throws HubException, InterruptedException {
        Path whole = staging.whole(file);
        try {
            if (isWhole(whole)) {
                progress.found(file.size());
                return file;
            }
            try (PartFile part = PartFile.open(file, staging.part(file))) {
                progress.found(part.length());
                complete(part);
            }
            staging.accept(file);
            return file;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw DiskErrors.of(e, whole);
        }
    }

    private boolean isWhole(Path whole) throws IOException {
        if (!Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (PartFile content = PartFile.open(file, whole)) {
            if (content.missing() == 0 && content.isIntact()) {
                return true;
            }
        }
        Files.delete(whole);
        return false;
    }

    private void complete(PartFile part) throws HubException, IOException, InterruptedException {
        fetch(part);
        if (!part.isIntact()) {
            clear(part);
            fetch(part);
            if (!part.isIntact()) {
                clear(part);
                throw new HubException(
                        Reason.CHECKSUM,
                        file.name() + ": its bytes are not those that the hub lists, also when fetched again (checksum "
                                + file.checksum().hex() + "); something on the way changes them");
            }
        }
        part.force();
    }

    private void fetch(PartFile part) throws HubException, InterruptedException {
        new Retry(settings, progress).run(new Retry.Attempt<Long>() {
            private long before = part.length();

            @Override
            public Long make() throws HubException, InterruptedException {
                if (part.missing() > 0) {
                    fetchMissing(part);
                }
                return part.length();
            }

            @Override
            public boolean gained() {
                boolean more = part.length() > before;
                before = part.length();
                return more;
            }
        });
    }

    private void fetchMissing(PartFile part) throws HubException, InterruptedException {
        try (HubResponse response = api.open(commit, file, part.length())) {
            try {
                check(response, part);
                copy(response, part);
            } catch (IOException e) {
                throw DiskErrors.of(e, staging.part(file));
            }
        }
    }

    private void check(HubResponse response, PartFile part) throws HubException, IOException {
        if (response.status() == 416) {
            clear(part);
            throw HubException.passing(
                    Reason.UNAVAILABLE, file.name() + ": the hub has no such range of it", Duration.ZERO);
        }
        requireSameFile(response);
        if (response.status() == 206) {
            requireRange(response, part);
        } else {
            clear(part);
            if (response.contentLength().isPresent() && response.contentLength().getAsLong() != file.size()) {
                throw unexpected(response, "is of " + response.contentLength().getAsLong() + " bytes");
            }
        }
    }

    // The hub's ETags are checksums; those of a store that it redirects to may be anything.
    private void requireSameFile(HubResponse response) throws HubException {
        Optional<String> etag =
                response.linkedEtag().or(() -> response.fromHub() ? response.header("ETag") : Optional.empty());
        Optional<String> other = etag.flatMap(Checksum::inEtag)
                .filter(hex -> hex.length() == file.checksum().hex().length())
                .filter(hex -> !hex.equals(file.checksum().hex()));
        if (other.isPresent()) {
            throw unexpected(response, "has the checksum " + other.get());
        }
        if (response.header("Content-Encoding")
                .filter(how -> !how.equals("identity"))
                .isPresent()) {
            throw unexpected(response, "is compressed, which was not asked for");
        }
    }

    private void requireRange(HubResponse response, PartFile part) throws HubException, IOException {
        Matcher range = RANGE.matcher(response.header("Content-Range").orElse(""));
        boolean right = range.matches()
                && range.group(1).equals(Long.toString(part.length()))
                && (range.group(3).equals("*") || range.group(3).equals(Long.toString(file.size())));
        if (!right) {
            clear(part);
            throw HubException.passing(
                    Reason.UNAVAILABLE, file.name() + ": the hub gave another range than was asked for", Duration.ZERO);
        }
    }

    private void copy(HubResponse response, PartFile part) throws HubException, IOException, InterruptedException {
        for (List<ByteBuffer> piece = next(response); !piece.isEmpty(); piece = next(response)) {
            for (ByteBuffer buffer : piece) {
                int bytes = buffer.remaining();
                if (bytes > part.missing()) {
                    clear(part);
                    throw unexpected(response, "is longer than that");
                }
                part.append(buffer);
                progress.fetched(bytes);
            }
        }
        if (part.missing() > 0) {
            throw HubException.passing(
                    Reason.UNAVAILABLE,
                    file.name() + ": the answer ended after " + Sizes.text(part.length(), file.size()),
                    Duration.ZERO);
        }
    }

    private List<ByteBuffer> next(HubResponse response) throws HubException, InterruptedException {
        try {
            return response.next(settings.patience());
        } catch (IOException e) {
            URI uri = response.uri();
            throw HubException.passing(
                    Reason.UNAVAILABLE, file.name() + ": " + uri.getHost() + " broke off (" + e.getMessage() + ")", e);
        }
    }

    private void clear(PartFile part) throws IOException {
        progress.found(-part.length());
        part.clear();
    }

    private HubException unexpected(HubResponse response, String what) {
        return new HubException(
                Reason.UNEXPECTED_ANSWER,
                file.name() + ": the answer of " + response.uri().getHost()
                        + response.contentType().map(type -> " (" + type + ")").orElse("") + " " + what
                        + ", while the hub lists " + file.size() + " bytes with the checksum "
                        + file.checksum().hex() + "; check HTTPS_PROXY and HF_ENDPOINT");
    }
}
