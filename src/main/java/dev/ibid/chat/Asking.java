package dev.ibid.chat;

import dev.ibid.auth.Caller;

/**
 * A question, and who asks it how.
 *
 * @param streamed whether the answer is read as it is written; otherwise it is waited for
 * @param requestId under which the log tells of it
 */
record Asking(Caller caller, ChatRequest request, boolean streamed, String requestId) {}
