package dev.ibid.knowledge;

/** Is told how far a longer piece of work has come, and may end it by throwing. */
@FunctionalInterface
public interface WorkProgress {

    /**
     * @throws java.util.concurrent.CancellationException when the work is to end here
     */
    void reached(int done, int total);
}
