package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class StreamLinesTest {

    private static final byte[] TEXT =
            "öne\r\n\r\ntwo 日本\n\nthree\r\rfour \uD83E\uDD8A\nrest"
                    .getBytes(StandardCharsets.UTF_8);

    private final List<String> lines = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 1000})
    void packetsOfAnySizeMakeTheSameLines(int size) throws ProtocolException {
        StreamLines stream = new StreamLines(100, lines::add);

        for (int from = 0; from < TEXT.length; from += size) {
            stream.read(Arrays.copyOfRange(TEXT, from, Math.min(TEXT.length, from + size)));
        }

        assertThat(lines)
                .containsExactly("öne", "", "two 日本", "", "three", "", "four \uD83E\uDD8A");
        assertThat(stream.rest()).isEqualTo("rest");
    }

    @Test
    void aLineBeyondTheLimitIsRefusedBeforeItIsWhole() throws ProtocolException {
        StreamLines stream = new StreamLines(10, lines::add);
        stream.read("12345".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> stream.read("678901".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aLineOfExactlyTheLimitPasses() throws ProtocolException {
        StreamLines stream = new StreamLines(10, lines::add);

        stream.read("1234567890\n".getBytes(StandardCharsets.UTF_8));

        assertThat(lines).containsExactly("1234567890");
    }
}
