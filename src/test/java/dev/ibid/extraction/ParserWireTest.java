package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;

class ParserWireTest {

    private static final OutputLimits LIMITS = new OutputLimits(1000, 10);

    @Test
    void carriesATextWithAllItsBlocks() throws Exception {
        ExtractedText text =
                new ExtractedText(
                        "Grüße\n\nan 🎸",
                        List.of(
                                new Block(Kind.HEADING, 0, 5, 1, null, "Grüße"),
                                new Block(Kind.PARAGRAPH, 7, 12, 2, "A > B", null)),
                        2);

        assertThat(carried(new ParserWire.Done(text))).isEqualTo(new ParserWire.Done(text));
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "0, 0", "3, 2", "0, 99", "2147483647, -2147483648"})
    void refusesOffsetsOutsideTheText(int start, int end) {
        ExtractedText text =
                new ExtractedText(
                        "some text",
                        List.of(new Block(Kind.PARAGRAPH, start, end, null, null, null)),
                        null);

        assertThatThrownBy(() -> carried(new ParserWire.Done(text)))
                .isInstanceOf(ParserWire.Breach.class);
    }

    @Test
    void refusesBlocksThatOverlap() {
        Block block = new Block(Kind.PARAGRAPH, 0, 4, null, null, null);
        ExtractedText text = new ExtractedText("some text", List.of(block, block), null);

        assertThatThrownBy(() -> carried(new ParserWire.Done(text)))
                .isInstanceOf(ParserWire.Breach.class);
    }

    @Test
    void refusesMoreTextThanTheLimit() {
        ExtractedText text = new ExtractedText("x".repeat(1001), List.of(), null);

        assertThatThrownBy(() -> carried(new ParserWire.Done(text)))
                .isInstanceOf(ParserWire.Breach.class);
    }

    @Test
    void carriesAFailureWithItsCauseFitToBeKept() throws Exception {
        ParserWire.Failed sent =
                new ParserWire.Failed(
                        ParseFailure.Code.CORRUPT, "a NUL\0 and\na line", "x".repeat(100_000));

        ParserWire.Failed read = (ParserWire.Failed) carried(sent);

        assertThat(read.detail()).isEqualTo("a NUL\uFFFD and a line");
        assertThat(read.cause()).startsWith("xxx").hasSizeLessThan(8000);
    }

    @Test
    void readsNothingButAnIoFailureFromNoise() {
        for (int seed = 0; seed < 5000; seed++) {
            byte[] noise = new byte[64];
            new Random(seed).nextBytes(noise);
            noise[0] = (byte) (seed % 6);

            assertThat(outcome(noise)).isIn("answer", "io");
        }
    }

    private static String outcome(byte[] bytes) {
        try {
            ParserWire.readAnswer(new DataInputStream(new ByteArrayInputStream(bytes)), LIMITS);
            return "answer";
        } catch (IOException expected) {
            return "io";
        } catch (RuntimeException defect) {
            return defect.toString();
        }
    }

    private static ParserWire.Answer carried(ParserWire.Answer answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ParserWire.write(new DataOutputStream(bytes), answer);
        return ParserWire.readAnswer(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), LIMITS);
    }
}
