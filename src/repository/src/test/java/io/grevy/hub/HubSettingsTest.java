package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
    @TempDir
    Path home = Path.of("");

    @Test
    void haveDefaults() throws Exception {
        HubSettings settings = of(Map.of());

        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.offline()).isFalse();
        assertThat(settings.proxies().proxyFor(settings.endpoint())).isEmpty();
        assertThat(settings.parallelFiles()).isEqualTo(4);
        assertThat(settings.attempts()).isEqualTo(6);
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void areReadFromTheEnvironment() throws Exception {
        HubSettings settings = of(Map.of(
                "HF_ENDPOINT", "http://mirror:8080/hub/",
                "HF_TOKEN", " hf_a\n",
                "HF_HUB_OFFLINE", "ON",
                "HF_HUB_DOWNLOAD_TIMEOUT", "7",
                "GREVY_PULL_ATTEMPTS", "2"));

        assertThat(settings.endpoint()).isEqualTo(URI.create("http://mirror:8080/hub"));
        assertThat(settings.token()).map(HubToken::authorization).contains("Bearer hf_a");
        assertThat(settings.offline()).isTrue();
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                    | -         | .cache/huggingface/token
            HF_HOME              | {home}/hf | hf/token
            XDG_CACHE_HOME       | {home}/x  | x/huggingface/token
            HF_TOKEN_PATH        | ~/secret  | secret
            """)
    void takeTheTokenThatALoginLeft(String variable, String value, String file) throws Exception {
        Path token = home.resolve(file);
        Files.createDirectories(token.getParent());
        Files.writeString(token, "hf_login\n");

        assertThat(of(variable == null ? Map.of() : Map.of(variable, value.replace("{home}", home.toString())))
                        .token())
                .map(HubToken::authorization)
                .contains("Bearer hf_login");
    }

    @Test
    void showNoSecretsAsText() throws Exception {
        assertThat(of(Map.of("HF_TOKEN", "hf_secret", "HTTPS_PROXY", "http://user:secret@proxy:3128"))
                        .toString())
                .contains("***", "proxy:3128")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HF_ENDPOINT             | huggingface.co      | HF_ENDPOINT 'huggingface.co': an address such as https://hub.example.org is expected
            HF_ENDPOINT             | ftp://hub           | HF_ENDPOINT 'ftp://hub': an address such as https://hub.example.org is expected
            HF_TOKEN                | hf a                | HF_TOKEN: it has characters that no token has
            HF_HUB_DOWNLOAD_TIMEOUT | soon                | HF_HUB_DOWNLOAD_TIMEOUT 'soon': allowed are a whole number from 1 to 3600
            GREVY_PULL_ATTEMPTS     | 0                   | GREVY_PULL_ATTEMPTS '0': allowed are a whole number from 1 to 100
            HTTPS_PROXY             | socks5://u:p@proxy  | HTTPS_PROXY: a proxy such as http://proxy.example.org:3128 is expected; others are not supported
            """)
    void refuseNamingTheVariable(String variable, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(variable, value)))
                .isInstanceOf(HubException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://hub.example/a      | secure:1
            http://hub.example/a       | plain:2
            https://near.example/a     | -
            https://deep.near.example/ | -
            https://nonear.example/    | secure:1
            http://127.0.0.1:99/       | -
            http://127.0.0.1:98/       | plain:2
            """)
    void chooseTheProxyByTheAddress(URI uri, String proxy) throws Exception {
        Proxies proxies = of(Map.of(
                        "https_proxy", "http://secure:1",
                        "HTTPS_PROXY", "http://other:9",
                        "HTTP_PROXY", "plain:2",
                        "NO_PROXY", "near.example, 127.0.0.1:99"))
                .proxies();

        assertThat(proxies.proxyFor(uri).map(ProxyAddress::toString).orElse("-"))
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "no", ""})
    void areOnlineOtherwise(String text) throws Exception {
        assertThat(of(Map.of("HF_HUB_OFFLINE", text)).offline()).isFalse();
    }

    private HubSettings of(Map<String, String> environment) throws HubException {
        return HubSettings.of(environment, home);
    }
}
