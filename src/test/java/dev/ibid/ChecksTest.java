package dev.ibid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.knowledge.Standing;
import dev.ibid.knowledge.Standing.State;
import dev.ibid.status.Check;

import org.junit.jupiter.api.Test;

final class ChecksTest {

    @Test
    void anIndexThatIsBeingFilledIsDownAndSoTheServerIsNotReady() {
        Check.Finding filling = Checks.finding(new Standing(State.FOLLOWING, false, 20, 100, 0));

        assertThat(filling.state()).isEqualTo(Check.State.DOWN);
        assertThat(filling.detail()).isEqualTo("is being filled; 80 changes to go");
        assertThat(Checks.VITAL).contains("lexical", "vectors");
    }

    @Test
    void anIndexThatFollowsIsWell() {
        assertThat(state(new Standing(State.FOLLOWING, true, 100, 100, 0)))
                .isEqualTo(Check.State.OK);
    }

    @Test
    void anIndexThatIsBehindOrFailsOrLacksADocumentIsDegraded() {
        assertThat(state(new Standing(State.BEHIND, true, 90, 100, 0)))
                .isEqualTo(Check.State.DEGRADED);
        assertThat(state(new Standing(State.FAILING, true, 90, 100, 0)))
                .isEqualTo(Check.State.DEGRADED);
        assertThat(state(new Standing(State.FOLLOWING, true, 100, 100, 2)))
                .isEqualTo(Check.State.DEGRADED);
    }

    @Test
    void anIndexThatNobodyFollowsIsDown() {
        assertThat(state(new Standing(State.STOPPED, true, 100, 100, 0)))
                .isEqualTo(Check.State.DOWN);
    }

    private static Check.State state(Standing standing) {
        return Checks.finding(standing).state();
    }
}
