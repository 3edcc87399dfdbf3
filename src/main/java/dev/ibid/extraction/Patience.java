package dev.ibid.extraction;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** How long a document may take: its deadline, and more for each page that is recognised. */
final class Patience implements ParseProgress {

    private final ParseProgress listener;
    private final Duration perPage;
    private final AtomicLong end;
    private int recognised;

    Patience(Duration deadline, Ocr ocr, ParseProgress listener) {
        this.listener = listener;
        this.perPage = ocr.pageTimeout();
        this.end = new AtomicLong(System.nanoTime() + deadline.toNanos());
    }

    @Override
    public void read(int done, int total) {
        listener.read(done, total);
    }

    @Override
    public void recognising() {
        if (recognised++ < Ocr.MOST_PAGES) {
            end.addAndGet(perPage.toNanos());
        }
    }

    <T> T await(Future<T> task) throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            long known = end.get();
            try {
                return task.get(known - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                if (end.get() == known) {
                    throw late;
                }
            }
        }
    }
}
