package dev.ibid.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, so that a long benchmark does not fill the heap. */
final class FakeProviderLog {

    private final int size;
    private final Deque<FakeProviderRequest> requests = new ArrayDeque<>();

    FakeProviderLog(int size) {
        this.size = size;
    }

    synchronized void add(FakeProviderRequest request) {
        requests.add(request);
        if (requests.size() > size) {
            requests.remove();
        }
    }

    synchronized List<FakeProviderRequest> last() {
        return List.copyOf(requests);
    }
}
