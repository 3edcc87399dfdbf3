package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Event;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.SampleFiles;
import dev.ibid.testing.WithIbid;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Somebody uploads a file of each kind and asks about it. */
@WithIbid
final class MainJobTest {

    private final Person person;

    MainJobTest(Ibid ibid) {
        this.person = ibid.newcomer();
    }

    @Test
    void citesThePageOfAPdf() throws IOException {
        byte[] pdf =
                SampleFiles.pdf(
                        "# Employment contract\n\nThis contract is made between the parties.",
                        "# Termination\n\nThe notice period is three months to the end of a calendar quarter.\n\n"
                                + "Notice must be given in writing.",
                        "# Holidays\n\nThe employee is entitled to thirty days of paid holiday each year.");
        ready("contract.pdf", "application/pdf", pdf);

        JsonNode citation = soleCitation("How many days of paid holiday are there?");

        assertThat(citation.get("page").asInt()).isEqualTo(3);
        assertThat(citation.get("locator").isNull()).isTrue();
        assertThat(folded(textOfPage(pdf, 3))).contains(folded(citation.get("quote").asText()));
    }

    @Test
    void citesTheHeadingPathOfAWordDocument() {
        ready(
                "handbook.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                SampleFiles.docx(
                        "# Handbook",
                        "Welcome to the company.",
                        "## Travel",
                        "Trains are booked in second class unless the journey takes longer than four hours.",
                        "## Meals",
                        "A daily allowance of 28 euros is paid for meals on the road."));

        JsonNode citation = soleCitation("Which daily allowance is paid for meals?");

        assertThat(citation.get("page").isNull()).isTrue();
        assertThat(citation.get("locator").asText()).isEqualTo("Handbook > Meals");
        assertThat(citation.get("quote").asText()).contains("28 euros");
    }

    @Test
    void citesTheHeadingPathOfMarkdown() {
        ready(
                "install.md",
                "text/markdown",
                """
                # Manual

                ## Install

                ### Linux

                Unpack the archive below /opt and run the installer as root.

                ### Windows

                Run setup.exe and restart the computer afterwards.
                """
                        .getBytes(StandardCharsets.UTF_8));

        JsonNode citation = soleCitation("Where do I unpack the archive?");

        assertThat(citation.get("locator").asText()).isEqualTo("Manual > Install > Linux");
        assertThat(citation.get("quote").asText()).contains("below /opt");
    }

    @Test
    void readsTextInUtf16() {
        ready(
                "notes.txt",
                "text/plain",
                "\uFEFFDie Kündigungsfrist für Mieter beträgt drei Monate.\r\n\r\nDie Kaution ist verzinslich anzulegen."
                        .getBytes(StandardCharsets.UTF_16LE));

        JsonNode citation = soleCitation("Wie lang ist die Kündigungsfrist für Mieter?");

        assertThat(citation.get("quote").asText())
                .isEqualTo("Die Kündigungsfrist für Mieter beträgt drei Monate.");
    }

    @Test
    void citesTheRowOfACsv() {
        ready(
                "catalogue.csv",
                "text/csv",
                "item;name;price\n1;Fender CD-60 acoustic guitar;24.90\n2;Yamaha P-45 stage piano;39.00\n3;Gretsch drum set;59.50\n"
                        .getBytes(StandardCharsets.UTF_8));

        JsonNode citation = soleCitation("What is the price of the Yamaha stage piano?");

        assertThat(citation.get("locator").asText()).isEqualTo("row 3");
        assertThat(citation.get("quote").asText()).isEqualTo("2;Yamaha P-45 stage piano;39.00");
    }

    @Test
    void saysPlainlyWhenTheDocumentsDoNotSay() {
        ready(
                "soup.txt",
                "text/plain",
                "Boil the potatoes for twenty minutes.".getBytes(StandardCharsets.UTF_8));

        JsonNode message = ask(Map.of("message", "Who painted the ceiling of the Sistine Chapel?"));

        assertThat(message.get("content").asText()).contains("do not say");
        assertThat(message.get("citations")).isEmpty();
    }

    @Test
    void understandsAFollowUpByTheHistory() {
        ready(
                "rules.md",
                "text/markdown",
                """
                # Rules

                ## Notice period

                The notice period for employees is three months.

                The notice period for managers is six months.

                ## Parking

                Managers may park in the yard.
                """
                        .getBytes(StandardCharsets.UTF_8));
        ask(Map.of("message", "What is the notice period for employees?", "sessionId", "desk"));

        JsonNode message = ask(Map.of("message", "And for managers?", "sessionId", "desk"));

        assertThat(message.get("content").asText()).contains("six months");
    }

    @Test
    void streamsTheSameAnswerThatItKeeps() {
        ready(
                "tea.txt",
                "text/plain",
                "Green tea is brewed at seventy degrees.".getBytes(StandardCharsets.UTF_8));

        List<Event> events =
                person.chatEvents(Map.of("message", "At how many degrees is green tea brewed?"));

        JsonNode done = events.getLast().data().get("message");
        String conversation = events.getFirst().data().get("conversationId").asText();
        JsonNode kept =
                person.get("/api/conversations/" + conversation + "/messages")
                        .expect(200)
                        .json()
                        .at("/items/1");
        assertThat(events)
                .extracting(Event::name)
                .startsWith("start", "passages")
                .endsWith("done")
                .contains("citation");
        assertThat(events)
                .extracting(Event::id)
                .containsExactlyElementsOf(numbersTo(events.size()));
        assertThat(deltas(events)).isEqualTo(done.get("content").asText());
        assertThat(kept).isEqualTo(done);
    }

    private void ready(String name, String mediaType, byte[] content) {
        JsonNode document = person.ingest(new Upload(name, mediaType, content));
        assertThat(document.get("state").asText()).as(document.toString()).isEqualTo("ready");
    }

    private JsonNode soleCitation(String question) {
        JsonNode message = ask(Map.of("message", question));
        assertThat(message.get("citations")).as(message.toString()).isNotEmpty();
        return message.at("/citations/0");
    }

    private JsonNode ask(Map<String, String> request) {
        return person.post("/api/chat", request).expect(200).json().get("message");
    }

    private static String textOfPage(byte[] pdf, int page) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            return stripper.getText(document);
        }
    }

    private static String folded(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String deltas(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("delta"))
                .forEach(event -> text.append(event.data().get("text").asText()));
        return text.toString();
    }

    private static List<String> numbersTo(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
    }
}
