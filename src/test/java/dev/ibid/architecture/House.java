package dev.ibid.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.ibid.failure.Failure;

import java.util.Map;
import java.util.Set;

/** The plan: which room may know which. What is not drawn here is not allowed. */
final class House {

    static final String ROOT = "dev.ibid";

    /** Small packages that know nothing of Ibid but each other, and that everyone may use. */
    private static final Set<String> LEAVES =
            Set.of("failure", "text", "json", "listing", "threads", "config");

    /** Who is asking: the two words of the auth room that everyone may say. */
    private static final Set<String> IDENTITY =
            Set.of("dev.ibid.auth.Caller", "dev.ibid.auth.Role");

    /** The one port that the door itself has; the rest of it is nothing to an adapter. */
    private static final String DOOR_PORT = "dev.ibid.http.IdempotencyKeys";

    /** A room also binds its routes with the words of the door; the door itself knows no room. */
    private static final Map<String, Set<String>> ROOMS =
            Map.ofEntries(
                    entry("auth", Set.of("http")),
                    entry("documents", Set.of("http", "knowledge")),
                    entry("extraction", Set.of("documents")),
                    entry(
                            "ingestion",
                            Set.of("http", "documents", "extraction", "knowledge", "models")),
                    entry("knowledge", Set.of("http")),
                    entry("chat", Set.of("http", "assistants", "tools", "knowledge", "models")),
                    entry("assistants", Set.of("http")),
                    entry("tools", Set.of("http", "knowledge")),
                    entry("status", Set.of("http")),
                    entry("models", Set.of()),
                    entry("http", Set.of()));

    private House() {}

    static JavaClasses classes() {
        return new ClassFileImporter()
                .importUrl(Failure.class.getProtectionDomain().getCodeSource().getLocation());
    }

    static boolean isInside(JavaClass neighbour) {
        JavaClass type = neighbour.getBaseComponentType();
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    static boolean isIdentity(JavaClass type) {
        return IDENTITY.contains(outermost(type).getName());
    }

    private static boolean isDoorPort(JavaClass type) {
        return outermost(type).getName().equals(DOOR_PORT);
    }

    /** Whether one class of the house may know another. */
    static boolean mayKnow(JavaClass one, JavaClass neighbour) {
        JavaClass other = neighbour.getBaseComponentType();
        String from = room(one);
        String to = room(other);
        if (from.isEmpty() || from.equals(to) || LEAVES.contains(to)) {
            return true;
        }
        if (isIdentity(other)) {
            return !LEAVES.contains(from);
        }
        return switch (from) {
            case "store" -> (isRoom(to) || isDoorPort(other)) && isVocabulary(other);
            case "status" -> to.equals("http") || isRoom(to) && other.isInterface();
            default -> ROOMS.getOrDefault(from, Set.of()).contains(to);
        };
    }

    static boolean isPlanned(JavaClass type) {
        String room = room(type);
        return room.isEmpty()
                || room.equals("store")
                || LEAVES.contains(room)
                || ROOMS.containsKey(room);
    }

    private static boolean isRoom(String name) {
        return ROOMS.containsKey(name) && !name.equals("http");
    }

    /** A port, or a value that a port speaks of: what an adapter may know of a room. */
    private static boolean isVocabulary(JavaClass type) {
        return type.isInterface()
                || type.isRecord()
                || type.isEnum()
                || type.isAssignableTo(Throwable.class);
    }

    /** The first name after the root, or nothing for the root itself. */
    private static String room(JavaClass type) {
        String name = type.getPackageName().substring(ROOT.length());
        return name.isEmpty() ? "" : name.substring(1).split("\\.", 2)[0];
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(House::outermost).orElse(type);
    }
}
