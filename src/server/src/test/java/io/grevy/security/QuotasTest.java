package io.grevy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Usage;
import io.grevy.keys.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** No test waits for a minute: what is limited here is limited to so little that none of it comes back meanwhile. */
class QuotasTest {

    private final Quotas quotas = Quotas.of(100);

    @Test
    void theRequestPastTheLimitIsToldWhenToComeBack() throws Exception {
        Limits one = Keys.limits(1, -1, -1, -1, -1);
        quotas.begin(visit("a", one));

        assertThatThrownBy(() -> quotas.begin(visit("a", one)))
                .isInstanceOfSatisfying(
                        QuotaExceededException.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)))
                .hasMessageStartingWith("Rate limit reached: this tenant may have 1 requests a minute.");
    }

    @Test
    void oneTenantsRequestsAreNotAnothers() throws Exception {
        Limits one = Keys.limits(1, -1, -1, -1, -1);
        quotas.begin(visit("a", one));

        quotas.begin(visit("b", one));
    }

    @Test
    void tokensAreCountedWhenTheyAreSpentAndOverdrawn() throws Exception {
        Limits tokens = Keys.limits(-1, -1, 10, -1, -1);
        Visit greedy = visit("a", tokens);
        quotas.begin(greedy);
        greedy.saw(new GenerationEvent.Finished(new Usage(5, 1000)));

        assertThatThrownBy(() -> quotas.begin(visit("a", tokens))).hasMessageContaining("10 generated tokens a minute");
    }

    @Test
    void promptTokensHaveALimitOfTheirOwn() throws Exception {
        Limits tokens = Keys.limits(-1, 10, -1, -1, -1);
        Visit greedy = visit("a", tokens);
        quotas.begin(greedy);
        greedy.saw(new GenerationEvent.Finished(new Usage(1000, 1)));

        assertThatThrownBy(() -> quotas.begin(visit("a", tokens))).hasMessageContaining("10 prompt tokens a minute");
    }

    @Test
    void tokensOfARequestThatWasCutShortAreCounted() throws Exception {
        Limits tokens = Keys.limits(-1, -1, 3, -1, -1);
        Visit cut = visit("a", tokens);
        quotas.begin(cut);
        cut.saw(new GenerationEvent.Text(0, "much", 100));
        cut.settle();

        assertThatThrownBy(() -> quotas.begin(visit("a", tokens))).hasMessageContaining("generated tokens");
    }

    @Test
    void picturesAreAllTakenOrNone() throws Exception {
        Visit visit = visit("a", Keys.limits(-1, -1, -1, 3, -1));
        quotas.begin(visit);
        visit.takePictures(2);

        assertThatThrownBy(() -> visit.takePictures(2)).isInstanceOf(QuotaExceededException.class);
        visit.takePictures(1);
        assertThatThrownBy(() -> visit.takePictures(4)).hasMessageContaining("The request has 4 pictures");
    }

    @Test
    void aRequestThatIsSettledMakesRoomForTheNextOnce() throws Exception {
        Limits two = Keys.limits(-1, -1, -1, -1, 2);
        Visit first = visit("a", two);
        quotas.begin(first);
        quotas.begin(visit("a", two));
        assertThatThrownBy(() -> quotas.begin(visit("a", two))).hasMessageContaining("2 requests at one time");

        first.settle();
        first.settle();

        quotas.begin(visit("a", two));
        assertThatThrownBy(() -> quotas.begin(visit("a", two))).hasMessageContaining("2 requests at one time");
    }

    @Test
    void aTenantWithoutLimitsHasItsShareAtMost() throws Exception {
        Quotas small = Quotas.of(1);
        small.begin(visit("a", Limits.none()));

        assertThatThrownBy(() -> small.begin(visit("a", Limits.none()))).hasMessageContaining("1 requests at one time");
        small.begin(visit("b", Limits.none()));
    }

    @Test
    void limitsThatChangeHoldAtOnceAndRequestsThatRunStillCount() throws Exception {
        Visit running = visit("a", Keys.limits(-1, -1, -1, -1, 5));
        quotas.begin(running);

        assertThatThrownBy(() -> quotas.begin(visit("a", Keys.limits(-1, -1, -1, -1, 1))))
                .hasMessageContaining("1 requests at one time");
    }

    @Test
    void headersTellWhatIsLeftAsOpenAiDoes() throws Exception {
        Visit visit = visit("a", Keys.limits(60, 1000, 100, -1, -1));
        quotas.begin(visit);
        visit.saw(new GenerationEvent.Finished(new Usage(100, 90)));

        assertThat(visit.limitHeaders())
                .containsEntry("x-ratelimit-limit-requests", "60")
                .containsEntry("x-ratelimit-limit-tokens", "100")
                .containsKeys("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens");
        assertThat(Long.parseLong(String.valueOf(visit.limitHeaders().get("x-ratelimit-remaining-requests"))))
                .isBetween(59L, 60L);
        assertThat(Long.parseLong(String.valueOf(visit.limitHeaders().get("x-ratelimit-remaining-tokens"))))
                .isBetween(10L, 99L);
    }

    @Test
    void timesAreWrittenAsOpenAiWritesThem() {
        assertThat(Quota.text(Duration.ofSeconds(61))).isEqualTo("1m1s");
        assertThat(Quota.text(Duration.ofMillis(6500))).isEqualTo("6s");
        assertThat(Quota.text(Duration.ofMillis(120))).isEqualTo("120ms");
    }

    @Test
    void withoutTenantsNobodyIsLimitedAndNothingIsTold() throws Exception {
        Quotas none = Quotas.none();
        Visit visit = new Visit();
        for (int i = 0; i < 1000; i++) {
            none.begin(visit);
        }

        assertThat(visit.limitHeaders()).isEmpty();
    }

    private static Visit visit(String tenant, Limits limits) {
        Visit visit = new Visit();
        visit.grant(Keys.grant(tenant, limits));
        return visit;
    }
}
