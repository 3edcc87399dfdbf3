package dev.ibid.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How values are written in a configuration, read and shown again. */
final class Values {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([a-z]*)");
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Map<String, Duration> TIME_UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "min", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS =
            Map.of(
                    "", 1L, "b", 1L, "kb", 1L << 10, "kib", 1L << 10, "mb", 1L << 20, "mib",
                    1L << 20, "gb", 1L << 30, "gib", 1L << 30);

    private Values() {}

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /**
     * @throws ArithmeticException for what no clock of ours can count
     */
    static Duration duration(String text) {
        Duration time = amount(text, TIME_UNITS, (unit, count) -> unit.multipliedBy(count));
        if (time.compareTo(LONGEST) > 0) {
            throw new ArithmeticException(text);
        }
        return time;
    }

    static long bytes(String text) {
        return amount(text, SIZE_UNITS, Math::multiplyExact);
    }

    static List<String> list(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static <E extends Enum<E>> E choice(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static <E extends Enum<E>> String names(Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .map(Values::show)
                .collect(Collectors.joining(" or "));
    }

    static String show(Object value) {
        return switch (value) {
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Duration time -> time.toString().substring(2).toLowerCase(Locale.ROOT);
            case Collection<?> items ->
                    items.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Long size when size >= 1 << 20 && size % (1 << 20) == 0 -> size / (1 << 20) + "MB";
            default -> value.toString();
        };
    }

    private interface Times<U, R> {
        R apply(U unit, long count);
    }

    private static <U, R> R amount(String text, Map<String, U> units, Times<U, R> times) {
        Matcher amount = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new IllegalArgumentException(text);
        }
        U unit = units.get(amount.group(2));
        if (unit == null) {
            throw new IllegalArgumentException(text);
        }
        return times.apply(unit, Long.parseLong(amount.group(1)));
    }
}
