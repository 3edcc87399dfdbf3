package dev.ibid.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One setting about to be read: {@code settings.integer("PORT", "...").where(isPort,
 * "...").or(3001)}.
 */
public final class Setting<T> {

    private final Settings settings;
    private final String name;
    private final String type;
    private final String description;
    private final Function<String, T> parse;
    private List<String> aliases = List.of();
    private Predicate<T> allowed = value -> true;
    private String rule = "";

    Setting(
            Settings settings,
            String name,
            String type,
            String description,
            Function<String, T> parse) {
        this.settings = settings;
        this.name = name;
        this.type = type;
        this.description = description;
        this.parse = parse;
    }

    /** Other names under which people bring this setting along; the first name that is set wins. */
    public Setting<T> alias(String... names) {
        aliases = List.of(names);
        return this;
    }

    /**
     * @param rule what an allowed value is, to stand behind "must be"
     */
    public Setting<T> where(Predicate<T> allowed, String rule) {
        this.allowed = allowed;
        this.rule = rule;
        return this;
    }

    public T or(T defaultValue) {
        return read(Values.show(defaultValue)).orElse(defaultValue);
    }

    public Optional<T> optional() {
        return read("");
    }

    private Optional<T> read(String defaultText) {
        settings.declare(new Settings.Declared(name, type, defaultText, description));
        aliases.forEach(alias ->
                settings.declare(
                        new Settings.Declared(alias, type, "", "Another name of `" + name + "`.")));
        return settings.raw(Stream.concat(Stream.of(name), aliases.stream()).toList())
                .flatMap(this::parsed);
    }

    private Optional<T> parsed(String text) {
        try {
            T value = Objects.requireNonNull(parse.apply(text));
            if (allowed.test(value)) {
                return Optional.of(value);
            }
            settings.problem(name, shown(text) + " must be " + rule + ".");
        } catch (ArithmeticException tooLarge) {
            settings.problem(name, shown(text) + " is too large.");
        } catch (IllegalArgumentException unreadable) {
            settings.problem(name, shown(text) + " is not a " + type + ".");
        }
        return Optional.empty();
    }

    private String shown(String text) {
        return type.equals("secret") ? "the value" : "\"" + text + "\"";
    }
}
