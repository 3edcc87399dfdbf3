package dev.ibid.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class SharedIbid implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Ibid.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(SharedIbid.class, key -> start(), Ibid.class);
    }

    private static Ibid start() {
        try {
            Path data =
                    Files.createTempDirectory(
                            Files.createDirectories(Path.of("target", "ibid")), "shared");
            return Ibid.start(data, Map.of());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
