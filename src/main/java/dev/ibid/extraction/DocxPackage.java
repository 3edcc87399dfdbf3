package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts of a docx archive that hold text. No part is unpacked as a whole, none without a limit,
 * and XML is read without document types, so that no entity exists that could expand or fetch.
 */
final class DocxPackage implements AutoCloseable {

    private static final int MOST_ENTRIES = 10_000;

    /** The table of contents may claim this much and this much more than the archive holds. */
    private static final long CLAIMED_BYTES = 100L << 20;

    private static final int CLAIMED_RATIO = 100;

    private static final String BODY = "officeDocument";

    private final ZipFile zip;
    private final long size;
    private final String body;
    private final Map<String, String> related;

    DocxPackage(Path file) throws IOException, ParseFailure, XMLStreamException {
        zip = new ZipFile(file.toFile());
        try {
            size = file.toFile().length();
            refuseBomb();
            body = require(relations("_rels/.rels", "").get(BODY));
            related = relations(relationsOf(body), folder(body));
        } catch (IOException | ParseFailure | XMLStreamException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** The name of the part that holds the text: usually, but not always, word/document.xml. */
    String body() {
        return body;
    }

    @Nullable String styles() {
        return related.get("styles");
    }

    /** The parts with footnotes and endnotes, where there are any. */
    List<String> notes() {
        return Stream.of("footnotes", "endnotes")
                .map(related::get)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Reads a part as XML; the caller closes the reader by closing this package. */
    XMLStreamReader open(String part) throws IOException, ParseFailure, XMLStreamException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw new IOException("part missing");
        }
        InputStream bounded = new InflatedStream(zip.getInputStream(entry), entry);
        return factory().createXMLStreamReader(bounded);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void refuseBomb() throws ParseFailure {
        if (zip.size() > MOST_ENTRIES) {
            throw ParseFailure.tooExpansive();
        }
        long claimed = zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
        if (claimed > CLAIMED_BYTES && claimed / CLAIMED_RATIO > size) {
            throw ParseFailure.tooExpansive();
        }
    }

    /** Type, by its last word, to part. */
    private Map<String, String> relations(String part, String folder)
            throws IOException, ParseFailure, XMLStreamException {
        Map<String, String> found = new HashMap<>();
        if (zip.getEntry(part) == null) {
            return found;
        }
        XMLStreamReader xml = open(part);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Relationship")
                    && !"External".equals(xml.getAttributeValue(null, "TargetMode"))) {
                String type = String.valueOf(xml.getAttributeValue(null, "Type"));
                String target = String.valueOf(xml.getAttributeValue(null, "Target"));
                found.putIfAbsent(
                        type.substring(type.lastIndexOf('/') + 1), resolved(target, folder));
            }
        }
        return found;
    }

    private static String resolved(String target, String folder) {
        return target.startsWith("/") ? target.substring(1) : folder + target;
    }

    private static String folder(String part) {
        return part.substring(0, part.lastIndexOf('/') + 1);
    }

    private static String relationsOf(String part) {
        return folder(part) + "_rels/" + part.substring(part.lastIndexOf('/') + 1) + ".rels";
    }

    private static String require(@Nullable String part) throws IOException {
        if (part == null) {
            throw new IOException("no document part");
        }
        return part;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
