package dev.ibid.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The raw settings, and the record of which ones exist: to read a setting is to declare it, so the
 * table in the documentation and the list of known names cannot drift from the code. A value that
 * cannot be read is noted as a problem and reading goes on with the default; {@link #throwIfWrong}
 * then reports all of them.
 */
public final class Settings {

    /** One row of the configuration table. */
    public record Declared(String name, String type, String defaultValue, String description) {}

    private final List<Map<String, String>> layers;
    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Runnable> onceSound = new ArrayList<>();

    public Settings(Map<String, String> values) {
        this(List.of(values));
    }

    /**
     * @param layers the first one that has a setting wins, under whichever of its names
     */
    Settings(List<Map<String, String>> layers) {
        this.layers = layers.stream().map(Map::copyOf).toList();
    }

    public Setting<String> text(String name, String description) {
        return new Setting<>(this, name, "text", description, Function.identity());
    }

    public Setting<Secret> secret(String name, String description) {
        return new Setting<>(this, name, "secret", description, Secret::new);
    }

    public Setting<Integer> integer(String name, String description) {
        return new Setting<>(this, name, "number", description, Integer::valueOf);
    }

    public Setting<Double> decimal(String name, String description) {
        return new Setting<>(this, name, "decimal", description, Double::valueOf);
    }

    public Setting<Boolean> flag(String name, String description) {
        return new Setting<>(this, name, "true or false", description, Values::flag);
    }

    public Setting<Duration> duration(String name, String description) {
        return new Setting<>(
                this, name, "duration (500ms, 30s, 15m, 24h, 7d)", description, Values::duration);
    }

    public Setting<Long> bytes(String name, String description) {
        return new Setting<>(
                this, name, "size (512KB, 10MB, 1GB; powers of 1024)", description, Values::bytes);
    }

    public Setting<URI> uri(String name, String description) {
        return new Setting<>(this, name, "address", description, URI::create);
    }

    public Setting<Path> path(String name, String description) {
        return new Setting<>(this, name, "folder", description, Path::of);
    }

    public Setting<List<String>> list(String name, String description) {
        return new Setting<>(this, name, "list (a,b,c)", description, Values::list);
    }

    public <E extends Enum<E>> Setting<E> choice(String name, Class<E> type, String description) {
        String names = Values.names(type);
        return new Setting<>(this, name, names, description, text -> Values.choice(type, text));
    }

    /**
     * @param parse throws IllegalArgumentException for a text that is not a {@code type}
     */
    public <T> Setting<T> value(
            String name, String type, String description, Function<String, T> parse) {
        return new Setting<>(this, name, type, description, parse);
    }

    /** Notes a problem that concerns more than one setting, or a meaning rather than a form. */
    public void problem(String name, String sentence) {
        problems.add(name + ": " + sentence);
    }

    /**
     * Builds a record whose constructor refuses impossible values; the refusal becomes a problem,
     * and there is no record.
     */
    public <T> Optional<T> build(Supplier<T> record) {
        try {
            return Optional.of(record.get());
        } catch (IllegalArgumentException refused) {
            problems.add(String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    public List<Declared> declared() {
        return List.copyOf(declared.values());
    }

    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Leaves to {@link #throwIfWrong} what a wrong configuration must not lead to. */
    public void onceSound(Runnable work) {
        onceSound.add(work);
    }

    /**
     * @throws ConfigurationException naming every problem, if there is any
     */
    public void throwIfWrong() {
        throwProblems();
        onceSound.forEach(Runnable::run);
        onceSound.clear();
        throwProblems();
    }

    private void throwProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /**
     * A name that is set to nothing hides what farther layers say, another name for it does not.
     *
     * @param names the setting's own first
     */
    Optional<String> raw(List<String> names) {
        return layers.stream()
                .filter(layer ->
                        layer.containsKey(names.getFirst()) || value(layer, names).isPresent())
                .findFirst()
                .flatMap(layer -> value(layer, names));
    }

    private static Optional<String> value(Map<String, String> layer, List<String> names) {
        return names.stream()
                .map(name -> Optional.ofNullable(layer.get(name)).map(String::strip))
                .flatMap(Optional::stream)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    void declare(Declared setting) {
        declared.put(setting.name(), setting);
    }
}
