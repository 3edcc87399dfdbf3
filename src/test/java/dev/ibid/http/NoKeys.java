package dev.ibid.http;

import java.util.Collection;
import java.util.UUID;

/** For a door none of whose operations takes a key. */
final class NoKeys implements IdempotencyKeys {

    @Override
    public Found claim(Scope scope, byte[] requestHash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void keep(Found.Claim claim, Answer answer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void free(Found.Claim claim) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void renew(Collection<UUID> claims) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int freeAll() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int sweep() {
        throw new UnsupportedOperationException();
    }
}
