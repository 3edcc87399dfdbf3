package dev.ibid.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ibid.failure.Failure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

@Timeout(20)
class ComputePoolTest {

    private final ComputePool pool = new ComputePool("hash", 1, 2);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void open() {
        gate.countDown();
        pool.close();
    }

    @Test
    void computesOnPlatformThreadsOfItsName() {
        String thread =
                pool.call(() ->
                        Thread.currentThread().getName()
                                + " "
                                + Thread.currentThread().isVirtual());

        assertThat(thread).isEqualTo("hash-0 false");
    }

    @Test
    void refusesWorkWhenThreadsAndQueueAreFull() throws Exception {
        Future<String> running = occupy();
        Future<Integer> second = pool.submit(() -> 2);
        Future<Integer> third = pool.submit(() -> 3);

        Failure refused = catchThrowableOfType(Failure.class, () -> pool.submit(() -> 4));

        assertThat(refused.kind()).isEqualTo(Failure.Kind.BUSY);
        assertThat(refused.retryAfter()).isNotNull();
        gate.countDown();
        assertThat(ComputePool.await(running)).isEqualTo("done");
        assertThat(ComputePool.await(second) + ComputePool.await(third)).isEqualTo(5);
    }

    @Test
    void throwsWhatTheWorkThrew() {
        Failure failure = Failure.notFound("thing");
        IOException checked = new IOException("disk");

        Throwable thrown =
                catchThrowable(() ->
                        pool.call(() -> {
                            throw failure;
                        }));

        assertThat(thrown).isSameAs(failure);
        assertThatThrownBy(() ->
                        pool.call(() -> {
                            throw checked;
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
    }

    @Test
    void finishesWaitingWorkBeforeItCloses() throws Exception {
        Future<String> running = occupy();
        Future<Integer> waiting = pool.submit(() -> 2);
        Thread closing = Thread.ofPlatform().start(() -> pool.close(Duration.ofSeconds(10)));
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        gate.countDown();

        closing.join();
        assertThat(running.resultNow()).isEqualTo("done");
        assertThat(waiting.resultNow()).isEqualTo(2);
    }

    @Test
    void cancelsWhatIsLeftWhenPatienceEnds() throws Exception {
        Future<String> running = occupy();
        Future<Integer> waiting = pool.submit(() -> 2);

        pool.close(Duration.ZERO);

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void refusesWorkOnceClosed() {
        pool.close();

        Failure refused = catchThrowableOfType(Failure.class, () -> pool.submit(() -> 1));

        assertThat(refused.kind()).isEqualTo(Failure.Kind.BUSY);
    }

    @Test
    void cancelsTheWorkOfAnInterruptedCaller() throws Exception {
        Future<String> running = occupy();
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> ComputePool.await(running));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(CancellationException.class);
        assertThat(running.isCancelled()).isTrue();
    }

    private Future<String> occupy() throws InterruptedException {
        Future<String> running =
                pool.submit(() -> {
                    started.countDown();
                    gate.await();
                    return "done";
                });
        started.await();
        return running;
    }
}
