package dev.ibid.config;

/** A value that must not be printed: its text form is a row of stars. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
