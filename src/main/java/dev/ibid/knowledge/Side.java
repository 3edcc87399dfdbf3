package dev.ibid.knowledge;

/** The two ways of finding a passage. */
public enum Side {
    DENSE,
    LEXICAL
}
