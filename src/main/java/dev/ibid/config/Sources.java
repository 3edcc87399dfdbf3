package dev.ibid.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where settings come from: flags win over the environment, which wins over the {@code .env} file.
 * The environment holds much that is none of our business; a name in a flag or in {@code .env} was
 * written for us, so one that nobody knows is an error.
 */
public record Sources(
        Map<String, String> flags, Map<String, String> environment, Map<String, String> dotEnv) {

    public Sources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
        dotEnv = Map.copyOf(dotEnv);
    }

    /**
     * @param arguments {@code --chat-timeout=30s}, or {@code --chat-timeout 30s}
     * @param dotEnv a file of {@code NAME=value} lines, which may be missing
     */
    public static Sources of(List<String> arguments, Map<String, String> environment, Path dotEnv) {
        List<String> problems = new ArrayList<>();
        Sources sources =
                new Sources(flags(arguments, problems), environment, dotEnv(dotEnv, problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return sources;
    }

    /**
     * @throws ConfigurationException when an argument is no setting
     */
    public static Map<String, String> flags(List<String> arguments) {
        List<String> problems = new ArrayList<>();
        Map<String, String> flags = flags(arguments, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return flags;
    }

    public Settings settings() {
        return new Settings(List.of(flags, environment, dotEnv));
    }

    /**
     * Notes, in {@code settings}, each name in a flag or in {@code .env} that no part of the
     * program has read.
     */
    public void refuseUnknown(Settings settings) {
        Set<String> known =
                settings.declared().stream()
                        .map(Settings.Declared::name)
                        .collect(Collectors.toSet());
        Map<String, String> written = new LinkedHashMap<>(dotEnv);
        written.putAll(flags);
        for (String name : written.keySet()) {
            if (!known.contains(name) && !Foreign.isKnown(name)) {
                settings.problem(
                        name,
                        "there is no such setting."
                                + Nearest.to(name, known)
                                        .map(near -> " Did you mean " + near + "?")
                                        .orElse(""));
            }
        }
    }

    /** Names that people bring along from elsewhere and that mean nothing here. */
    public List<String> foreignNames() {
        Map<String, String> all = new HashMap<>(dotEnv);
        all.putAll(environment);
        return all.keySet().stream().filter(Foreign::isKnown).sorted().toList();
    }

    private static Map<String, String> flags(List<String> arguments, List<String> problems) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            if (!argument.startsWith("--")) {
                problems.add(
                        "\""
                                + argument
                                + "\" is neither a command nor a setting. Settings are written as --name=value.");
                continue;
            }
            int equals = argument.indexOf('=');
            boolean valueFollows =
                    equals < 0
                            && at + 1 < arguments.size()
                            && !arguments.get(at + 1).startsWith("--");
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            String value =
                    equals >= 0
                            ? argument.substring(equals + 1)
                            : valueFollows ? arguments.get(++at) : "true";
            flags.put(name.toUpperCase(Locale.ROOT).replace('-', '_'), value);
        }
        return flags;
    }

    private static Map<String, String> dotEnv(Path file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return values;
        }
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                readLine(line.strip(), ++number, values, problems);
            }
        } catch (IOException unreadable) {
            problems.add(
                    ".env: the file cannot be read. Check its permissions and that it is UTF-8 text.");
        }
        return values;
    }

    private static void readLine(
            String line, int number, Map<String, String> values, List<String> problems) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String assignment = line.startsWith("export ") ? line.substring(7) : line;
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            problems.add(".env: line " + number + " is not of the form NAME=value.");
            return;
        }
        values.put(
                assignment.substring(0, equals).strip(),
                unquoted(assignment.substring(equals + 1).strip()));
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() >= 2
                        && "\"'".indexOf(value.charAt(0)) >= 0
                        && value.endsWith(value.substring(0, 1));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
