package dev.ibid.config;

import java.util.List;

/**
 * Everything that is wrong with the configuration, one sentence each, none of which shows a secret.
 */
public final class ConfigurationException extends RuntimeException {

    private final List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
