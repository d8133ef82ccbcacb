package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.image.PictureException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://example.org, http://example.org/",
        "HTTP://EXAMPLE.org:80/a?b#c, http://example.org/a?b",
        "https://example.org:8443/ä b|c, https://example.org:8443/%C3%A4%20b%7Cc",
        "https://example.org.?x=1, https://example.org/?x=1",
        "https://bücher.example/, https://xn--bcher-kva.example/",
        "http://a_b.example/%20, http://a_b.example/%20",
        "http://8.8.8.8/x, http://8.8.8.8/x",
        "http://[2606:4700::1111]:8080/x, http://[2606:4700:0:0:0:0:0:1111]:8080/x",
    })
    void readsUrls(String url, String canonical) throws PictureException {
        assertThat(WebUrl.parse(url)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/b/c?d, e, http://a.example/b/e",
        "http://a.example/b/c, /e, http://a.example/e",
        "http://a.example/b/c, ?e=ü, http://a.example/b/?e=%C3%BC",
        "http://a.example/b/c, //b.example/e, http://b.example/e",
        "https://a.example:8443/b, http://b.example, http://b.example/",
        "http://a_b.example/b, c d, http://a_b.example/c%20d",
        "http://a.example/b/c, ../../../e, http://a.example/../../e",
    })
    void followsLocations(String base, String location, String target) throws PictureException {
        assertThat(WebUrl.parse(base).resolve(location)).hasToString(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd", "ftp://example.org/a.png", "jar:http://example.org/a.jar!/b", "gopher://x/",
                "javascript:alert(1)", "FILE:/etc/passwd", "unix:/run/docker.sock", "s3://bucket/a.png"
            })
    void refusesOtherSchemesByName(String url) {
        assertThat(refused(Reason.UNSUPPORTED_SCHEME, () -> WebUrl.parse(url)))
                .containsIgnoringCase(url.substring(0, url.indexOf(':')))
                .doesNotContain("passwd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cat.png",
                "/etc/passwd",
                "//example.org/x",
                "iVBORw0KGgo=",
                ":",
                "http:",
                "http:/example.org",
                "http:example.org",
                "http://",
                "http:///x",
                "http://:80/",
                "http://a..b/",
                "http://.a/",
                "http://example.org:/",
                "http://example.org:0/",
                "http://example.org:65536/",
                "http://example.org:8x/",
                "http://exa mple.org/",
                "http://example.org\\127.0.0.1/",
                "http://%31%32%37.0.0.1/",
                "http://example.org/\n",
                "http://example.org\r\nHost: x/",
                "http://[::1/",
                "http://[::1]x/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[v1.x]/",
                "http://[1.2.3.4]/",
                "http://a:1:2/",
                "\thttp://example.org/",
                "ht\ntp://example.org"
            })
    void refusesMalformedUrls(String url) {
        refused(Reason.MALFORMED_URL, () -> WebUrl.parse(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.01",
                "0x7f.0x0.0x0.0x1",
                "127.0.0.1.1",
                "256.0.0.1",
                "127.0.0.0x1",
                "1.2.3.08",
                "4294967296",
                "0",
                "１２７.1",
                "127。1",
                "０ｘ7f.1",
                "example.0",
                "0x"
            })
    void refusesAddressesInDisguise(String host) {
        refused(Reason.MALFORMED_URL, () -> WebUrl.parse("http://" + host + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user@example.org/", "http://user:pass@example.org/", "http://a.example@127.0.0.1/"})
    void refusesUserInformation(String url) {
        assertThat(refused(Reason.FETCH_REFUSED, () -> WebUrl.parse(url))).doesNotContain("pass");
    }

    @Test
    void addressesInFullWidthDigitsAreSeenAsWhatTheyAre() throws PictureException {
        assertThat(WebUrl.parse("http://１２７。０。０。１/").host().literal()).isPresent();
    }

    @Test
    void messagesQuoteLittleAndNoQuery() throws PictureException {
        String quoted = WebUrl.parse("https://example.org/" + "a".repeat(500) + "?token=secret")
                .quoted();
        assertThat(quoted).hasSizeLessThan(100).doesNotContain("secret");
    }
}
