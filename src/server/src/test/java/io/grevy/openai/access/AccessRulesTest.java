package io.grevy.openai.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.keys.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"/v2/health/live", "/v2/health/ready", "v2/health/ready/"})
    void healthIsOpen(String path) {
        assertThat(AccessRules.of("GET", path).open()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "/page/main.js"})
    void thePageIsOpenForThereAKeyIsEntered(String path) {
        assertThat(AccessRules.of("GET", path).open()).isTrue();
        assertThat(AccessRules.of("POST", path).open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/config",
                "/v3/models",
                "/v3/models/org/one",
                "/v2",
                "/v2/models/org/one/ready",
                "/openapi",
                "/openapi/ui"
            })
    void listingsAskForAnyKey(String path) {
        AccessRules.Rule rule = AccessRules.of("GET", path);

        assertThat(rule.open()).isFalse();
        assertThat(rule.permission()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/config/reload, ADMIN",
        "POST, /v1/config/reload;a=b, ADMIN",
        "POST, //v1;x/config//reload/, ADMIN",
        "GET, /metrics, METRICS",
        "GET, /metrics/, METRICS",
        "GET, /ibm/api, METRICS",
        "POST, /v3/chat/completions, INFERENCE",
        "POST, /v3/chat/completions/x/cancel, INFERENCE",
        "POST, /v3/models/org/one, INFERENCE",
        "GET, /v2/health/live/x, INFERENCE",
        "GET, /v2/health, INFERENCE",
        "GET, /page, INFERENCE",
        "GET, /page/a/b, INFERENCE",
        "DELETE, /what/comes/next, INFERENCE"
    })
    void allElseAsksForAKeyThatMay(String method, String path, Permission permission) {
        AccessRules.Rule rule = AccessRules.of(method, path);

        assertThat(rule.open()).isFalse();
        assertThat(rule.permission()).contains(permission);
    }

    @Test
    void keysComeAsOpenAisClientsSendThemOrAsAnthropics() {
        assertThat(Credentials.in(name -> name.equals("Authorization") ? "Bearer  one " : null))
                .contains("one");
        assertThat(Credentials.in(name -> name.equals("Authorization") ? "bearer one" : null))
                .contains("one");
        assertThat(Credentials.in(name -> name.equals("x-api-key") ? "two" : null))
                .contains("two");
        assertThat(Credentials.in(name -> name.equals("Authorization") ? "Basic b25lOg==" : null))
                .isEmpty();
        assertThat(Credentials.in(name -> "")).isEmpty();
        assertThat(Credentials.in(name -> null)).isEmpty();
    }
}
