package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private final ChatSettings settings =
            Samples.chatSettings(Map.of("grevy.max_request_bytes", "200000", "grevy.max_held_request_bytes", "300000"));
    private final Intake intake = new Intake(settings);
    private final BodyBudget budget = new BodyBudget(settings);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\""
            })
    void takesJson(String contentType) {
        assertThatCode(() -> intake.checkHeaders(contentType, "10")).doesNotThrowAnyException();
    }

    @Test
    void refusesOtherTypes() {
        assertThat(headersRefusal("text/plain", null))
                .hasMessage("The Content-Type must be application/json, not text/plain.");
        assertThat(headersRefusal(null, null)).hasMessage("The Content-Type must be application/json; there was none.");
        assertThat(headersRefusal("application/json; charset=latin1", null))
                .hasMessage("The charset of JSON must be UTF-8.");
        assertThat(headersRefusal("text/plain", null).code().status()).isEqualTo(415);
    }

    @Test
    void refusesABodyByItsLength() {
        assertThatCode(() -> intake.checkHeaders("application/json", "200000")).doesNotThrowAnyException();

        ApiException refused = headersRefusal("application/json", "200001");

        assertThat(refused).hasMessage("The request body may be at most 200000 bytes long.");
        assertThat(refused.code().status()).isEqualTo(413);
    }

    @Test
    void refusesALongBodyThatDidNotSayItsLength() {
        try (BodyBudget.Share share = budget.open()) {
            assertThat(bodyRefusal(200_001, share).code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
        }
        assertThat(budget.held()).isZero();
    }

    @Test
    void holdsOnlySoManyBytesOfAllRequests() {
        try (BodyBudget.Share others = budget.open();
                BodyBudget.Share share = budget.open()) {
            others.grow(250_000);

            ApiException refused = bodyRefusal(100_000, share);

            assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refused.code().status()).isEqualTo(429);
            assertThat(refused.retryAfter()).isPresent();
        }
        assertThat(budget.held()).isZero();
    }

    private ApiException headersRefusal(@Nullable String contentType, @Nullable String contentLength) {
        return catchThrowableOfType(ApiException.class, () -> intake.checkHeaders(contentType, contentLength));
    }

    private ApiException bodyRefusal(int length, BodyBudget.Share share) {
        return catchThrowableOfType(
                ApiException.class,
                () -> intake.read(new ByteArrayInputStream(new byte[length]), share, bytes -> bytes));
    }
}
