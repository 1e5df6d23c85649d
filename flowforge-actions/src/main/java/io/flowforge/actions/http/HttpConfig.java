package io.flowforge.actions.http;

import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code http} node is told.
 *
 * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
 * @param url absolute URL
 * @param headers header values by name: text, number, boolean, secret, or a list of these
 * @param query parameters added to the URL, encoded: the same kinds of value; null leaves one out
 * @param body what to send: an object or list as JSON, text as it is
 * @param form what to send as form fields instead of a body
 * @param contentType media type of the body, when it is not the one that the value suggests
 * @param auth how to sign in
 * @param timeout time for the whole call
 * @param maxBytes longest body of an answer, after decompression
 * @param followRedirects how many redirects to follow
 * @param acceptStatus statuses that are no failure; empty means all below 400
 * @param response how to read the answer's body
 * @param idempotencyHeader header that carries the idempotency key of unsafe methods, or {@code
 *     off}
 */
@Doc("Calls an HTTP API and gives its answer.")
public record HttpConfig(
    @Doc("GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.") @Default("GET") String method,
    @Doc("Absolute http or https URL.") @Range(min = 1, max = 8192) String url,
    @Doc("Header values by name.") @Default("{}") Map<String, Object> headers,
    @Doc("Parameters added to the URL, encoded.") @Default("{}") Map<String, Object> query,
    @Doc("What to send: an object or list as JSON, text as it is.") @Nullable Object body,
    @Doc("Form fields to send instead of a body.") @Nullable Map<String, Object> form,
    @Doc("Media type of the body, when it is not the one that the value suggests.")
        @Nullable String contentType,
    @Doc("How to sign in.") @Nullable HttpAuth auth,
    @Doc("Time for the whole call, redirects included.") @Default("30s") Duration timeout,
    @Doc("Longest body of an answer in bytes, after decompression.")
        @Default("10485760")
        @Range(min = 0, max = 1 << 30)
        long maxBytes,
    @Doc("How many redirects to follow.") @Default("0") @Range(min = 0, max = 5)
        int followRedirects,
    @Doc(
            "Statuses that are no failure, such as 404, \"2xx\" or \"400-409\"; all below 400 if empty.")
        @Default("[]")
        List<Object> acceptStatus,
    @Doc("How to read the body: auto parses JSON, bytes gives base64.") @Default("auto")
        ResponseMode response,
    @Doc("Header with the idempotency key of POST, PUT, PATCH and DELETE, or off.")
        @Default("Idempotency-Key")
        String idempotencyHeader) {}
