package dev.ibid.documents;

/**
 * What a member may do: viewers read, editors also upload and delete, owners also rename, share and
 * delete the collection.
 */
public enum MemberRole {
    VIEWER,
    EDITOR,
    OWNER;

    public boolean mayEdit() {
        return this != VIEWER;
    }
}
