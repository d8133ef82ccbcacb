package io.grevy.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageResourceTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"page/([^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

    @Test
    void isAtTheRoot() throws Exception {
        MockHttpResponse page = get(served(), "/");

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getOutputHeaders().getFirst("Content-Type")).hasToString("text/html;charset=UTF-8");
        assertThat(page.getContentAsString()).startsWith("<!doctype html>").contains("<title>Grevy</title>");
    }

    @Test
    void runsNoScriptButItsOwnAndIsFramedByNobody() throws Exception {
        MockHttpResponse page = get(served(), "/");

        assertThat(page.getOutputHeaders().getFirst("Content-Security-Policy"))
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(page.getOutputHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.getContentAsString()).doesNotContain("<style", " style=", "onclick=", "http:", "https:");
    }

    @Test
    void hasEveryFileThatItLoads() throws Exception {
        Dispatcher server = served();
        Set<String> loaded = new LinkedHashSet<>();
        Deque<String> loading = new ArrayDeque<>(found(REFERENCE, get(server, "/")));
        while (!loading.isEmpty()) {
            String file = loading.pop();
            if (loaded.add(file)) {
                MockHttpResponse response = get(server, "/page/" + file);
                assertThat(response.getStatus()).as(file).isEqualTo(200);
                loading.addAll(found(IMPORT, response));
            }
        }

        assertThat(loaded).contains("main.js", "events.js", "style.css", "icon.svg");
    }

    @Test
    void isNotSentAgainToWhomHasIt() throws Exception {
        Object tag = get(served(), "/page/main.js").getOutputHeaders().getFirst("ETag");

        MockHttpResponse second =
                call(served(), MockHttpRequest.get("/page/main.js").header("If-None-Match", tag.toString()));

        assertThat(second.getStatus()).isEqualTo(304);
        assertThat(second.getOutput()).isEmpty();
        assertThat(second.getOutputHeaders().getFirst("Cache-Control")).hasToString("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/",
                "/page/nothing.js",
                "/page/PageFile.class",
                "/page/..%2Fopenai%2Fversion.properties",
                "/page/.js"
            })
    void hasNoOtherFiles(String path) throws Exception {
        assertThat(get(served(), path).getStatus()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/main.js"})
    void isNotThereWhereNoneIsWanted(String path) throws Exception {
        assertThat(get(serverWith(false), path).getStatus()).isEqualTo(404);
    }

    private static List<String> found(Pattern pattern, MockHttpResponse file) {
        return pattern.matcher(new String(file.getOutput(), UTF_8))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Dispatcher served() {
        return serverWith(true);
    }

    private static Dispatcher serverWith(boolean page) {
        Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();
        dispatcher.getRegistry().addSingletonResource(new PageResource(new PageSettings(page)));
        return dispatcher;
    }

    private static MockHttpResponse get(Dispatcher server, String path) throws Exception {
        return call(server, MockHttpRequest.get(path));
    }

    private static MockHttpResponse call(Dispatcher server, MockHttpRequest request) {
        MockHttpResponse response = new MockHttpResponse();
        server.invoke(request, response);
        return response;
    }
}
