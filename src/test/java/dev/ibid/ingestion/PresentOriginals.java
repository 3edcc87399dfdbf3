package dev.ibid.ingestion;

import dev.ibid.documents.Originals;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Every original is there; what is in it does not matter. */
final class PresentOriginals implements Originals {

    @Override
    public Path path(String original) {
        return Path.of("pom.xml");
    }

    @Override
    public Received receive(InputStream body, long limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void keep(Received received, String original) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void discard(Received received) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String original) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void discardAbandoned(Duration age) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> olderThan(Duration age) {
        return Set.of();
    }
}
