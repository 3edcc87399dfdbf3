package dev.ibid.auth;

/** What a person may do beyond their own things. */
public enum Role {
    USER,
    ADMIN
}
