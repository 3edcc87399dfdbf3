package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ibid.knowledge.Fusion.Fused;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class FusionTest {

    @Test
    void addsTheStretchedScoresOfBothSidesByWeight() {
        List<Hit> dense = List.of(hit("a", .9), hit("b", .7), hit("c", .5));
        List<Hit> lexical = List.of(hit("b", 12), hit("d", 8), hit("a", 4));

        List<Fused> ranking = Fusion.fuse(dense, lexical, .4);

        assertThat(ranking)
                .extracting(Fused::chunkId)
                .containsExactly(id("b"), id("a"), id("d"), id("c"));
        assertThat(score(ranking, "b")).isCloseTo(.4 * .5 + .6 * 1, within(1e-9));
        assertThat(score(ranking, "a")).isCloseTo(.4, within(1e-9));
        assertThat(score(ranking, "d")).isCloseTo(.6 * .5, within(1e-9));
        assertThat(score(ranking, "c")).isZero();
    }

    @Test
    void keepsTheScoresOfTheSidesAndSaysWhichDidNotFindIt() {
        List<Fused> ranking = Fusion.fuse(List.of(hit("a", .9)), List.of(hit("b", 3)), .4);

        assertThat(ranking).extracting(Fused::lexical).containsExactly(3d, null);
        assertThat(ranking).extracting(Fused::dense).containsExactly(null, .9);
    }

    @Test
    void givesEachHitOneWhereASideScoresAllAlike() {
        List<Fused> ranking = Fusion.fuse(List.of(), List.of(hit("a", 3), hit("b", 3)), .4);

        assertThat(ranking).extracting(Fused::score).containsExactly(.6, .6);
    }

    @Test
    void leavesTheRankingToTheWordsWhenTheVectorsWeighNothing() {
        List<Fused> ranking =
                Fusion.fuse(List.of(hit("a", .9)), List.of(hit("b", 3), hit("a", 1)), 0);

        assertThat(ranking).extracting(Fused::chunkId).containsExactly(id("b"), id("a"));
        assertThat(ranking.getFirst().score()).isEqualTo(1);
    }

    @Test
    void ranksWhatLiesBeyondTheFirstHundredByItsPlace() {
        List<Hit> lexical = IntStream.range(0, 150).mapToObj(n -> hit("d" + n, 150 - n)).toList();

        List<Fused> ranking = Fusion.fuse(List.of(), lexical, .4);

        assertThat(ranking)
                .extracting(Fused::chunkId)
                .containsExactlyElementsOf(lexical.stream().map(Hit::chunkId).toList());
        assertThat(ranking).extracting(Fused::score).allMatch(score -> score >= 0);
    }

    private static double score(List<Fused> ranking, String name) {
        return ranking.stream()
                .filter(fused -> fused.chunkId().equals(id(name)))
                .findFirst()
                .orElseThrow()
                .score();
    }

    private static Hit hit(String name, double score) {
        return new Hit(id(name), score);
    }
}
