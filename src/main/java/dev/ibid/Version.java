package dev.ibid;

import picocli.CommandLine.IVersionProvider;

import java.util.Objects;

/** The version of this build, as its jar says. */
final class Version implements IVersionProvider {

    static String current() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"ibid " + current()};
    }
}
