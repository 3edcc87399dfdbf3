package dev.ibid.config;

import java.util.List;
import java.util.Set;

/**
 * Names that belong to other programs people come from, or to the compose file; they are accepted
 * with a notice.
 */
final class Foreign {

    private static final List<String> PREFIXES =
            List.of("SUPABASE_", "NEXT_PUBLIC_", "POSTGRES_", "GF_", "COMPOSE_");
    private static final Set<String> NAMES = Set.of("NODE_ENV", "FLASK_ENV", "DEBUG", "APP_NAME");

    private Foreign() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }
}
