package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

    @ParameterizedTest
    @CsvSource({
        "https://hub.example/a/b, /c?d=e,                   https://hub.example/c?d=e",
        "https://hub.example/a/b, https://store.example/c,  https://store.example/c",
        "http://hub.example/a,    https://store.example/c,  https://store.example/c",
        "http://hub.example/a,    http://store.example/c,   http://store.example/c"
    })
    void areFollowedToAddressesThatAreAsSecure(URI from, String location, URI target) throws Exception {
        assertThat(Redirects.target(from, location)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://hub.example/a", "//", "file:///etc/passwd", "ftp://store.example/c"})
    void areNotFollowedElsewhere(String location) {
        assertThatThrownBy(() -> Redirects.target(URI.create("https://hub.example/a"), location))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("https://hub.example/a: it redirects to ");
    }

    @Test
    void leadToAnAddressOrNowhere() {
        assertThatThrownBy(() -> Redirects.target(URI.create("https://hub.example/a"), "a b"))
                .hasMessage("https://hub.example/a: it redirects to what is no address");
    }
}
