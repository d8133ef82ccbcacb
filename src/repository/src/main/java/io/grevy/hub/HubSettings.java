package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How models are pulled.
 *
 * @param endpoint the hub, without a slash at its end; may have a path
 * @param token goes to that endpoint and nowhere else
 * @param offline no request is made
 * @param proxies what the environment says of proxies
 * @param parallelFiles how many files are fetched at once
 * @param attempts how many times a request is made in all, while nothing comes of it
 * @param firstWait the time before the second attempt; it doubles with each
 * @param patience how long a connection may take, and then bring nothing
 */
public record HubSettings(
        URI endpoint,
        Optional<HubToken> token,
        boolean offline,
        Proxies proxies,
        int parallelFiles,
        int attempts,
        Duration firstWait,
        Duration patience) {

    private static final Set<String> YES = Set.of("1", "true", "yes", "on");

    /**
     * Reads {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HOME}, {@code HF_HUB_OFFLINE},
     * {@code HF_HUB_DOWNLOAD_TIMEOUT}, {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, as Hugging Face's
     * own client does, and {@code GREVY_PULL_ATTEMPTS}.
     *
     * @param home the user's folder, which may hold a token
     * @throws HubException naming the variable that is wrong
     */
    public static HubSettings of(Map<String, String> environment, Path home) throws HubException {
        return new HubSettings(
                endpoint(environment.getOrDefault("HF_ENDPOINT", "").strip()),
                HubToken.of(environment, home),
                YES.contains(
                        environment.getOrDefault("HF_HUB_OFFLINE", "").strip().toLowerCase(Locale.ROOT)),
                Proxies.of(environment),
                4,
                number(environment, "GREVY_PULL_ATTEMPTS", 6, 100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(number(environment, "HF_HUB_DOWNLOAD_TIMEOUT", 30, 3600)));
    }

    private static URI endpoint(String text) throws HubException {
        if (text.isEmpty()) {
            return URI.create("https://huggingface.co");
        }
        try {
            URI uri = URI.create(text.replaceAll("/+$", ""));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: both cases have one message.
        }
        throw new HubException(
                Reason.SETTING, "HF_ENDPOINT '" + text + "': an address such as https://hub.example.org is expected");
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int most)
            throws HubException {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through: both cases have one message.
        }
        throw new HubException(Reason.SETTING, name + " '" + text + "': allowed are a whole number from 1 to " + most);
    }
}
