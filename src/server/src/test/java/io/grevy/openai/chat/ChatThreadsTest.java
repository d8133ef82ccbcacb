package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChatThreadsTest {

    private final ChatThreads threads = new ChatThreads(Samples.chatSettings(Map.of("grevy.max_requests", "2")));

    @Test
    void refusesTheRequestPastTheBound() {
        CountDownLatch end = new CountDownLatch(1);
        threads.execute(() -> await(end));
        threads.execute(() -> await(end));

        ApiException refused = catchThrowableOfType(ApiException.class, () -> threads.execute(() -> {}));
        end.countDown();

        assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refused.retryAfter()).isPresent();
        threads.close();
    }

    @Test
    void runsEachRequestOnAThreadOfItsOwnWithThisApplicationsClassLoader() {
        List<Thread> ran = new CopyOnWriteArrayList<>();
        threads.execute(() -> ran.add(Thread.currentThread()));

        threads.close();

        assertThat(ran).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).startsWith("grevy-request-");
            assertThat(thread.getContextClassLoader()).isEqualTo(ChatThreads.class.getClassLoader());
        });
    }

    @Test
    void closingWaitsForWhatRuns() {
        CountDownLatch ended = new CountDownLatch(1);
        threads.execute(ended::countDown);

        threads.close();

        assertThat(ended.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
