package io.grevy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.EngineCondition;
import io.grevy.model.ModelState;
import io.grevy.model.ModelStatus;
import io.grevy.model.Models;
import io.grevy.model.ServedModel;
import io.grevy.model.UnknownModelException;
import io.grevy.repository.RepositoryException;
import java.io.UnsupportedEncodingException;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.resteasy.core.SynchronousDispatcher;
import org.jboss.resteasy.core.SynchronousExecutionContext;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, mappers and filters in the Jakarta REST implementation that Liberty has. */
class RoutesTest {

    private static final ModelStatus READY = new ModelStatus(
            "org/one",
            "1",
            ModelState.AVAILABLE,
            Optional.empty(),
            Optional.empty(),
            EngineCondition.WELL,
            Optional.of(Instant.ofEpochSecond(1700000000)),
            false);
    private static final ModelStatus BROKEN = new ModelStatus(
            "broken",
            "1",
            ModelState.LOADING,
            Optional.empty(),
            Optional.of("no such file"),
            EngineCondition.WELL,
            Optional.empty(),
            false);

    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();
    private BooleanSupplier reload = () -> false;
    private List<ModelStatus> statuses = List.of(READY, BROKEN);

    @BeforeEach
    void deploy() {
        Models models = new Models() {
            @Override
            public ServedModel find(String name) throws UnknownModelException {
                throw new UnknownModelException(name);
            }

            @Override
            public List<ModelStatus> statuses() {
                return statuses;
            }

            @Override
            public boolean ready() {
                return statuses.stream().allMatch(ModelStatus::ready);
            }
        };
        dispatcher.getRegistry().addSingletonResource(new ModelsResource(models));
        dispatcher
                .getRegistry()
                .addSingletonResource(new ConfigResource(models, new ConfigReloads(() -> reload.getAsBoolean())));
        dispatcher.getRegistry().addSingletonResource(new KServeResource(models));
        List.of(
                        ApiExceptionMapper.class,
                        FrameworkExceptionMapper.class,
                        AnyExceptionMapper.class,
                        JsonAnswerWriter.class,
                        VersionAlias.class,
                        RequestIds.class,
                        Anybody.class)
                .forEach(dispatcher.getProviderFactory()::registerProvider);
        assertThat(dispatcher).isInstanceOf(SynchronousDispatcher.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/models", "/v1/models"})
    void listsTheModelsThatAreAvailable(String path) throws Exception {
        assertThat(get(path, 200))
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"org/one\",\"object\":\"model\","
                        + "\"created\":1700000000,\"owned_by\":\"grevy\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/models/org/one", "/v1/models/org/one", "/v3/models/org%2Fone", "/v1/models/org%2Fone"})
    void findsAModelWhoseNameHoldsASlash(String path) throws Exception {
        assertThat(get(path, 200))
                .isEqualTo("{\"id\":\"org/one\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"grevy\"}");
    }

    @Test
    void tellsAnUnknownModelFromOneThatIsNotAvailable() throws Exception {
        assertThat(get("/v3/models/nobody", 404))
                .isEqualTo("{\"error\":{\"message\":\"The model 'nobody' does not exist.\","
                        + "\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"}}");
        assertThat(get("/v3/models/broken", 503)).contains("\"service_unavailable\"", "LOADING");
        assertThat(call("GET", "/v3/models/broken").getOutputHeaders().getFirst("Retry-After"))
                .hasToString("5");
    }

    @Test
    void tellsTheStatesAsOpenVinoModelServerDoes() throws Exception {
        assertThat(get("/v1/config", 200))
                .isEqualTo("{\"org/one\":{\"model_version_status\":[{\"version\":\"1\",\"state\":\"AVAILABLE\","
                        + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"OK\"}}]},"
                        + "\"broken\":{\"model_version_status\":[{\"version\":\"1\",\"state\":\"LOADING\","
                        + "\"status\":{\"error_code\":\"FAILED_PRECONDITION\",\"error_message\":\"no such file\"}}]}}");
        assertThat(get("/v3/config", 404)).contains("unknown_url");
    }

    @Test
    void tellsWhatIsDoneForAModelThatLoads() throws Exception {
        statuses = List.of(new ModelStatus(
                "org/two",
                "1",
                ModelState.LOADING,
                Optional.of("pulling 3 of 12 files"),
                Optional.empty(),
                EngineCondition.WELL,
                Optional.empty(),
                false));

        assertThat(get("/v1/config", 200))
                .isEqualTo("{\"org/two\":{\"model_version_status\":[{\"version\":\"1\",\"state\":\"LOADING\","
                        + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"pulling 3 of 12 files\"}}]}}");
        assertThat(get("/v2/health/ready", 503)).isEqualTo("{\"ready\":false}");
    }

    @Test
    void showsAllStatesOfAModelThatIsBeingReplaced() throws Exception {
        statuses = List.of(
                READY,
                new ModelStatus(
                        "org/one",
                        "2",
                        ModelState.LOADING,
                        Optional.empty(),
                        Optional.of("no such file"),
                        EngineCondition.WELL,
                        Optional.empty(),
                        false));

        assertThat(get("/v1/config", 200))
                .isEqualTo("{\"org/one\":{\"model_version_status\":[{\"version\":\"1\",\"state\":\"AVAILABLE\","
                        + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"OK\"}},"
                        + "{\"version\":\"2\",\"state\":\"LOADING\","
                        + "\"status\":{\"error_code\":\"FAILED_PRECONDITION\",\"error_message\":\"no such file\"}}]}}");
        assertThat(get("/v2/models/org/one/ready", 200)).isEqualTo("{\"name\":\"org/one\",\"ready\":true}");
    }

    @Test
    void aModelAtRestIsServedAllTheSame() throws Exception {
        statuses = List.of(new ModelStatus(
                "org/one",
                "1",
                ModelState.END,
                Optional.of("unloaded after 60 s without a request; the next one loads it"),
                Optional.empty(),
                EngineCondition.WELL,
                Optional.of(Instant.ofEpochSecond(1700000000)),
                true));

        assertThat(get("/v3/models", 200)).contains("\"id\":\"org/one\"", "\"created\":1700000000");
        assertThat(get("/v3/models/org/one", 200)).contains("\"id\":\"org/one\"");
        assertThat(get("/v2/models/org/one/ready", 200)).contains("\"ready\":true");
        assertThat(get("/v1/config", 200))
                .contains("\"state\":\"END\",\"status\":{\"error_code\":\"OK\","
                        + "\"error_message\":\"unloaded after 60 s without a request; the next one loads it\"}");
    }

    @ParameterizedTest
    @CsvSource({"true, 201", "false, 200"})
    void aReloadAnswersWithTheStatesAndWhetherThereWasAnythingToDo(boolean changed, int status) throws Exception {
        reload = () -> changed;

        MockHttpResponse response = call("POST", "/v1/config/reload");

        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(status);
        assertThat(response.getContentAsString()).isEqualTo(get("/v1/config", 200));
    }

    @Test
    void aReloadOfAConfigurationThatIsWrongSaysWhatIsWrong() throws Exception {
        reload = () -> {
            throw new RepositoryException("/config.json: model_config_list: an object; an array is expected");
        };

        MockHttpResponse response = call("POST", "/v1/config/reload");

        assertThat(response.getStatus()).isEqualTo(412);
        assertThat(response.getContentAsString())
                .isEqualTo("{\"error\":{\"message\":\"Nothing is changed: /config.json: model_config_list: an object;"
                        + " an array is expected\",\"type\":\"invalid_request_error\",\"param\":null,"
                        + "\"code\":\"configuration_invalid\"}}");
    }

    @Test
    void answersKServe() throws Exception {
        assertThat(get("/v2", 200)).startsWith("{\"name\":\"grevy\",\"version\":\"");
        assertThat(get("/v2/health/live", 200)).isEqualTo("{\"live\":true}");
        assertThat(get("/v2/health/ready", 503)).isEqualTo("{\"ready\":false}");
        assertThat(get("/v2/models/org/one", 200)).contains("\"name\":\"org/one\"", "\"versions\":[\"1\"]");
        assertThat(get("/v2/models/org/one/ready", 200)).isEqualTo("{\"name\":\"org/one\",\"ready\":true}");
        assertThat(get("/v2/models/broken/ready", 503)).isEqualTo("{\"name\":\"broken\",\"ready\":false}");
        assertThat(get("/v2/models/nobody/ready", 404)).contains("model_not_found");

        statuses = List.of(READY);
        assertThat(get("/v2/health/ready", 200)).isEqualTo("{\"ready\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /,                 404, unknown_url",
        "GET,    /nothing/at/all,   404, unknown_url",
        "GET,    /v1,               404, unknown_url",
        "GET,    /v1/nothing,       404, unknown_url",
        "DELETE, /v3/models,        405, method_not_allowed",
        "POST,   /v1/config,        405, method_not_allowed"
    })
    void answersWithTheErrorObjectWhateverIsAsked(String method, String path, int status, String code)
            throws Exception {
        MockHttpResponse response = call(method, path);

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentAsString())
                .startsWith("{\"error\":{\"message\":\"")
                .endsWith("\"param\":null,\"code\":\"" + code + "\"}}");
        assertThat(response.getOutputHeaders().getFirst("Content-Type")).hasToString("application/json");
        assertThat(response.getOutputHeaders().containsKey("Allow")).isEqualTo(status == 405);
    }

    @Test
    void tellsNothingAboutAnUnforeseenFailure() throws Exception {
        statuses = List.of();
        dispatcher.getRegistry().addSingletonResource(new Failing());

        String body = get("/failing", 500);

        assertThat(body)
                .isEqualTo("{\"error\":{\"message\":\"The server failed.\",\"type\":\"server_error\","
                        + "\"param\":null,\"code\":\"internal_error\"}}");
    }

    @Test
    void namesEveryRequest() throws Exception {
        MockHttpRequest own = MockHttpRequest.get("/v3/models").header("X-Request-Id", "abc-1");
        MockHttpRequest evil = MockHttpRequest.get("/v3/models").header("X-Request-Id", "a\tb<script>");

        assertThat(idOf(own)).isEqualTo("abc-1");
        assertThat(idOf(evil)).startsWith("req_");
        assertThat(idOf(MockHttpRequest.get("/nothing"))).startsWith("req_");
    }

    private String idOf(MockHttpRequest request) {
        MockHttpResponse response = new MockHttpResponse();
        dispatcher.invoke(request, response);
        return String.valueOf(response.getOutputHeaders().getFirst("X-Request-Id"));
    }

    private String get(String path, int status) throws URISyntaxException, UnsupportedEncodingException {
        MockHttpResponse response = call("GET", path);
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(status);
        return response.getContentAsString();
    }

    private MockHttpResponse call(String method, String path) throws URISyntaxException {
        MockHttpResponse response = new MockHttpResponse();
        MockHttpRequest request = MockHttpRequest.create(method, path);
        request.setAsynchronousContext(
                new SynchronousExecutionContext((SynchronousDispatcher) dispatcher, request, response));
        dispatcher.invoke(request, response);
        return response;
    }

    /** In place of the door: nobody is told from anybody else. */
    @jakarta.ws.rs.container.PreMatching
    public static final class Anybody implements jakarta.ws.rs.container.ContainerRequestFilter {

        @Override
        public void filter(jakarta.ws.rs.container.ContainerRequestContext request) {
            request.setSecurityContext(new NobodyKnown());
        }
    }

    private static final class NobodyKnown implements jakarta.ws.rs.core.SecurityContext {

        @Override
        public java.security.@Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "";
        }
    }

    /** A resource with a mistake. */
    @jakarta.ws.rs.Path("failing")
    public static final class Failing {

        @jakarta.ws.rs.GET
        public String fail() {
            throw new IllegalStateException("secret");
        }
    }
}
