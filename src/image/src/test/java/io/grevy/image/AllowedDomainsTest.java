package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedDomainsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "all", "ALL"})
    void emptyMeansAnyPublicAddress(String text) {
        AllowedDomains domains = AllowedDomains.parse(text);
        assertThat(domains.fetchingOff()).isFalse();
        assertThat(domains.admits(Host.parse("example.org"), 80)).isTrue();
        assertThat(domains.lists(Host.parse("example.org"), 80)).isFalse();
        assertThat(domains).hasToString("");
    }

    @Test
    void noneTurnsFetchingOff() {
        assertThat(AllowedDomains.parse(" None ").fetchingOff()).isTrue();
        assertThat(AllowedDomains.parse("none").admits(Host.parse("example.org"), 80))
                .isFalse();
    }

    @Test
    void aListAdmitsExactlyItsHosts() {
        AllowedDomains domains =
                AllowedDomains.parse("Example.org, images.example.net:8443,bücher.example,[::1]:80,10.0.0.1");
        assertThat(domains.admits(Host.parse("example.org"), 80)).isTrue();
        assertThat(domains.admits(Host.parse("EXAMPLE.ORG."), 9999)).isTrue();
        assertThat(domains.admits(Host.parse("www.example.org"), 80)).isFalse();
        assertThat(domains.admits(Host.parse("notexample.org"), 80)).isFalse();
        assertThat(domains.admits(Host.parse("images.example.net"), 8443)).isTrue();
        assertThat(domains.admits(Host.parse("images.example.net"), 443)).isFalse();
        assertThat(domains.admits(Host.parse("xn--bcher-kva.example"), 443)).isTrue();
        assertThat(domains.admits(Host.parse("[0:0::1]"), 80)).isTrue();
        assertThat(domains.admits(Host.parse("10.0.0.1"), 1)).isTrue();
    }

    @Test
    void itsTextParsesBackToTheSame() {
        AllowedDomains domains = AllowedDomains.parse("b.example:8443,a.example,[::1]:80");
        assertThat(AllowedDomains.parse(domains.toString())).isEqualTo(domains).hasSameHashCodeAs(domains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example,,b.example",
                ",",
                "*.example.org",
                "https://example.org",
                "example.org/x",
                "u@example.org",
                "example.org:0",
                "example.org:http",
                "exa mple.org",
                "127.1",
                "a.example,none",
                "[::1",
                "[fe80::1%1]"
            })
    void malformedEntriesAreRefusedByName(String text) {
        assertThatThrownBy(() -> AllowedDomains.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The allowed domain \"")
                .hasMessageContaining("allowed are");
    }
}
