package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.image.PictureException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUriTest {

    private static final int MOST = 1000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,aGk/+w==",
                "DATA:IMAGE/PNG;BASE64,aGk/+w==",
                "data:;base64,aGk/+w==",
                "data:image/png;charset=utf-8;base64,aGk/+w==",
                "data:image/png;name=\"a b\";base64,aGk/+w",
                "data:image/png;base64,aGk%2F%2Bw%3D%3d",
                "data:image/png;base64,aG\r\nk/\n+w\r\n==\r\n",
                "data:image/png;base64,aG%0D%0Ak/+w==",
                "data:image/png;base64,aGk_-w"
            })
    void readsTheFormsThatClientsSend(String url) throws PictureException {
        assertThat(decode(url)).isEqualTo(new byte[] {'h', 'i', 0x3f, (byte) 0xfb});
    }

    @Test
    void decodesWhatTheJdkEncodes() throws PictureException {
        Random random = new Random(1);
        for (int length = 1; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(decode(Samples.dataUri(bytes))).isEqualTo(bytes);
            assertThat(decode("data:;base64," + Base64.getMimeEncoder().encodeToString(bytes)))
                    .isEqualTo(bytes);
            assertThat(decode("data:;base64,"
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png",
                "data:",
                "data:image/png;base64",
                "data:image/png,%89PNG",
                "data:,hello",
                "data:base64,aGk=",
                "data:image/svg+xml;utf8,<svg/>"
            })
    void refusesWhatIsNotBase64(String url) {
        refused(Reason.MALFORMED_URL, () -> decode(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "====",
                "\r\n",
                "a",
                "aGkhf",
                "aG=k",
                "aGk=====",
                "aG=",
                "aGk= ",
                "aG k",
                "aGk!",
                "aGk%",
                "aGk%2",
                "aGk%zz",
                "aGk%FF",
                "aGké",
                "aGk\u0000",
                "\uff21AAA",
                "aGk=aGk="
            })
    void refusesBadBase64(String data) {
        refused(Reason.BAD_BASE64, () -> decode("data:image/png;base64," + data));
    }

    @Test
    void namesThePositionAndNothingOfTheData() {
        String message = refused(Reason.BAD_BASE64, () -> decode("data:image/png;base64,SECRETSECRET SECRET"));
        assertThat(message).contains("position 12").doesNotContain("SECRET");
    }

    @Test
    void theLimitIsOnTheDecodedLength() throws PictureException {
        byte[] most = new byte[MOST];
        assertThat(decode(Samples.dataUri(most))).hasSize(MOST);
        assertThat(decode("data:;base64," + Base64.getMimeEncoder().encodeToString(most)))
                .hasSize(MOST);
        refused(Reason.TOO_LARGE, () -> decode(Samples.dataUri(new byte[MOST + 1])));
        refused(Reason.TOO_LARGE, () -> decode(Samples.dataUri(new byte[MOST * 100])));
    }

    private static byte[] decode(String url) throws PictureException {
        assertThat(DataUri.matches(url)).isTrue();
        DataUri parsed = DataUri.parse(url);
        parsed.check(MOST);
        return parsed.decode(MOST);
    }

    @Test
    void aMediaTypeThatSaysOtherwiseIsIgnored() throws PictureException {
        try (PictureLoader loader = new PictureLoader(PictureSettings.defaults())) {
            String data = Base64.getEncoder().encodeToString(Samples.bytes("plain.gif"));
            assertThat(loader.load("data:image/jpeg;base64," + data).width()).isEqualTo(Samples.WIDTH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an SVG drawing:<svg xmlns='http://www.w3.org/2000/svg'/>",
                "an SVG drawing:<?xml version='1.0'?><!-- x --><svg/>",
                "an HTML page:<!DOCTYPE html><p>hi",
                "a ZIP archive:PK\u0003\u0004....",
                "a PDF document:%PDF-1.7",
                "JSON:{\"a\": 1}",
                "text:hello there",
                "an AVIF file:\0\0\0 ftypavif\0\0\0\0",
                "a HEIC file:\0\0\0 ftypheic\0\0\0\0"
            })
    void disguisedFilesAreNamed(String sample) {
        String name = sample.substring(0, sample.indexOf(':'));
        byte[] file = sample.substring(name.length() + 1).getBytes(StandardCharsets.ISO_8859_1);
        try (PictureLoader loader = new PictureLoader(PictureSettings.defaults())) {
            String message = refused(Reason.UNSUPPORTED_FORMAT, () -> loader.load(Samples.dataUri(file)));
            assertThat(message).contains(name).contains("supported are JPEG, PNG");
        }
    }
}
