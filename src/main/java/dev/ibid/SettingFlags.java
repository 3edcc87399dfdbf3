package dev.ibid;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import dev.ibid.config.Sources;

import org.slf4j.LoggerFactory;

import picocli.CommandLine.Unmatched;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command whose arguments hold settings: whatever is no option of the command itself. A
 * superclass, because picocli passes over what a mixin wants to have unmatched.
 */
abstract class SettingFlags {

    @Unmatched private List<String> arguments = new ArrayList<>();

    Configuration configuration() {
        Sources sources = Sources.of(arguments, System.getenv(), Path.of(".env"));
        Configuration configuration = Configuration.read(sources);
        ((Logger) LoggerFactory.getLogger("dev.ibid"))
                .setLevel(Level.toLevel(configuration.logLevel()));
        List<String> foreign = sources.foreignNames();
        if (!foreign.isEmpty()) {
            Main.say(
                    "These settings mean nothing here and are passed over: "
                            + String.join(", ", foreign));
        }
        return configuration;
    }
}
