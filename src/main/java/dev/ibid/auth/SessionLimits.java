package dev.ibid.auth;

import java.time.Duration;

/**
 * How long a login lasts.
 *
 * @param life from the login to its end, however often it is refreshed
 * @param idle how long it may go unused
 * @param grace how long a used refresh token is still taken for a tab that refreshed at the same
 *     time as another
 */
public record SessionLimits(Duration life, Duration idle, Duration grace) {}
