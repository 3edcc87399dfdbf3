package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Which paragraph styles are headings, and of which level. */
final class DocxStyles {

    private static final class Style {
        private String name = "";
        private @Nullable String basedOn;
        private int level;
    }

    private final Map<String, Style> styles = new HashMap<>();

    private DocxStyles() {}

    static DocxStyles read(DocxPackage parts) throws IOException, ParseFailure, XMLStreamException {
        DocxStyles styles = new DocxStyles();
        String part = parts.styles();
        if (part != null) {
            styles.read(parts.open(part));
        }
        return styles;
    }

    /** 1 to 9, or 0 for a style that is no heading. */
    int headingLevel(@Nullable String id) {
        Set<String> seen = new HashSet<>();
        for (String at = id; at != null && seen.add(at); ) {
            Style style = styles.get(at);
            if (style == null) {
                return 0;
            }
            if (style.level > 0) {
                return style.level;
            }
            at = style.basedOn;
        }
        return 0;
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        Style style = new Style();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                String value = DocxBody.attribute(xml, "val");
                switch (xml.getLocalName()) {
                    case "style" -> style = begin(DocxBody.attribute(xml, "styleId"));
                    case "name" -> named(style, String.valueOf(value));
                    case "basedOn" -> style.basedOn = value;
                    case "outlineLvl" -> style.level = DocxBody.outlineLevel(value);
                    default -> {}
                }
            }
        }
    }

    private Style begin(@Nullable String id) {
        Style style = new Style();
        styles.put(String.valueOf(id), style);
        return style;
    }

    /** The names of the built-in styles are English in every language of Word. */
    private static void named(Style style, String name) {
        style.name = name.toLowerCase(Locale.ROOT);
        if (style.name.matches("heading [1-9]")) {
            style.level = style.name.charAt(8) - '0';
        } else if (style.name.equals("title")) {
            style.level = 1;
        }
    }
}
