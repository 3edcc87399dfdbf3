package dev.ibid.auth;

/** What is needed to tell whether somebody is who they say. */
public record Credentials(User user, String passwordHash, boolean disabled) {

    /** Leaves the hash out: values end up in logs. */
    @Override
    public String toString() {
        return "Credentials[user=" + user.id() + "]";
    }
}
