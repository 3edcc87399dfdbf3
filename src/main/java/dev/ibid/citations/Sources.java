package dev.ibid.citations;

import java.util.Optional;

/** What an answer may cite. */
@FunctionalInterface
public interface Sources {

    /**
     * The quote behind a marker.
     *
     * @param claim the text just before the marker, for which the fitting part of a passage can be
     *     chosen
     * @return empty if there is no such source: the marker was invented
     */
    Optional<Quote> behind(int marker, String claim);
}
