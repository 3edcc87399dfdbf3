package dev.ibid.auth;

import dev.ibid.failure.Failure;

import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses as accounts are known by: trimmed and in lower case. */
final class EmailAddress {

    private static final int LONGEST = 254;
    private static final Pattern FORM =
            Pattern.compile(
                    "[^\\s@<>()\\[\\],;:\\\\\"]{1,64}+@[\\p{L}\\p{N}-]++(\\.[\\p{L}\\p{N}-]++)++");

    private EmailAddress() {}

    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws Failure of kind INVALID when it cannot be an address
     */
    static String valid(String email) {
        String normal = normal(email);
        if (normal.length() > LONGEST || !FORM.matcher(normal).matches()) {
            throw Failure.invalid(
                    "email", "This is not an e-mail address. It must look like name@example.org.");
        }
        return normal;
    }
}
