package dev.ibid.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457): the only error body there is.
 *
 * @param type {@code urn:ibid:problem:} and a code that programs may switch on
 * @param instance the path of the request
 * @param requestId to be quoted to whoever runs the server; the log knows it
 * @param field the input that is to be changed, if one is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable String requestId,
        @Nullable String field) {}
