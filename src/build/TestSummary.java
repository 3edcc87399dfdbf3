import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

/**
 * Says last what was tested and which legs were left out: {@code java TestSummary.java REPORTS
 * true|false}. With {@code true}, as in continuous integration, a test that was left out is an
 * error; so is, always, a run without any test.
 */
final class TestSummary {

    private int tests;
    private int failures;
    private int errors;
    private final List<String> leftOut = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        TestSummary summary = new TestSummary();
        for (Path report : reports(Path.of(arguments[0]))) {
            summary.add(report);
        }
        summary.print();
        boolean everythingMustRun = Boolean.parseBoolean(arguments[1]);
        if (summary.tests == 0 || everythingMustRun && !summary.leftOut.isEmpty()) {
            System.out.println("A test did not run, and here each must.");
            System.exit(1);
        }
    }

    private static List<Path> reports(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path report) throws Exception {
        Element suite =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile())
                        .getDocumentElement();
        tests += Integer.parseInt(suite.getAttribute("tests"));
        failures += Integer.parseInt(suite.getAttribute("failures"));
        errors += Integer.parseInt(suite.getAttribute("errors"));
        NodeList skipped = suite.getElementsByTagName("skipped");
        for (int i = 0; i < skipped.getLength(); i++) {
            leftOut.add(describe((Element) skipped.item(i)));
        }
    }

    private static String describe(Element skipped) {
        Element test = (Element) skipped.getParentNode();
        String message = skipped.getAttribute("message");
        String reason = message.isEmpty() ? firstLine(skipped.getTextContent()) : message;
        return test.getAttribute("classname").replaceFirst(".*\\.", "")
                + (test.getAttribute("name").isEmpty() ? "" : "." + test.getAttribute("name"))
                + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static String firstLine(String trace) {
        String line = trace.lines().findFirst().orElse("");
        return line.replaceFirst("^[\\w.$]+: (Assumption failed: )?", "");
    }

    private void print() {
        leftOut.forEach(test -> System.out.println("left out: " + test));
        System.out.printf(
                "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d%n",
                tests, failures, errors, leftOut.size());
    }
}
