package dev.ibid.status;

import java.util.Map;

/** Looks at one neighbour or part. Blocks for a moment; whatever it throws counts as down. */
@FunctionalInterface
public interface Check {

    /**
     * @throws Exception when the part does not work
     */
    Finding look() throws Exception;

    /** How a part was found, worst last. */
    enum State {
        OK,
        DEGRADED,
        DOWN
    }

    /**
     * @param detail a few words for an operator
     * @param figures for the detailed view only
     */
    record Finding(State state, String detail, Map<String, Object> figures) {

        public static Finding ok(String detail) {
            return new Finding(State.OK, detail, Map.of());
        }

        public static Finding degraded(String detail) {
            return new Finding(State.DEGRADED, detail, Map.of());
        }

        public Finding with(Map<String, Object> more) {
            return new Finding(state, detail, more);
        }
    }
}
