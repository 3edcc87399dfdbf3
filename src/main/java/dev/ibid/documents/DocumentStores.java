package dev.ibid.documents;

import java.util.List;

/**
 * Where the documents room keeps things.
 *
 * @param elsewhere stores of other rooms in which something of a document may be left
 */
public record DocumentStores(
        Documents documents,
        Versions versions,
        Collections collections,
        DocumentChanges changes,
        Erasures erasures,
        Originals originals,
        List<Remains> elsewhere) {}
