-- Accounts ---------------------------------------------------------------------------------------

create table users (
    id            uuid primary key,
    email         text        not null,
    role          text        not null check (role in ('user', 'admin')),
    password_hash text        not null,
    time_zone     text        not null default 'UTC',
    disabled_at   timestamptz,
    created_at    timestamptz not null default now()
);
create unique index users_email on users (lower(email));

-- One login: a family of refresh tokens that ends as a whole.
create table sessions (
    id           uuid primary key,
    user_id      uuid        not null references users on delete cascade,
    created_at   timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz
);
create index sessions_user on sessions (user_id);

create table refresh_tokens (
    token_hash bytea primary key,
    session_id uuid        not null references sessions on delete cascade,
    created_at timestamptz not null default now(),
    used_at    timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

create table audit_log (
    id      uuid primary key,
    at      timestamptz not null default now(),
    user_id uuid,
    action  text        not null,
    details jsonb       not null default '{}'
);

create table idempotency_keys (
    user_id      uuid        not null references users on delete cascade,
    route        text        not null,
    key          text        not null,
    request_hash bytea       not null,
    response     jsonb,
    created_at   timestamptz not null default now(),
    primary key (user_id, route, key)
);

-- Documents --------------------------------------------------------------------------------------

create table collections (
    id         uuid primary key,
    owner_id   uuid        not null references users on delete cascade,
    name       text        not null,
    personal   boolean     not null default false,
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);
create unique index collections_personal on collections (owner_id) where personal;

create table collection_members (
    collection_id uuid        not null references collections on delete cascade,
    user_id       uuid        not null references users on delete cascade,
    role          text        not null check (role in ('viewer', 'editor', 'owner')),
    created_at    timestamptz not null default now(),
    primary key (collection_id, user_id)
);
create index collection_members_user on collection_members (user_id);

create table documents (
    id             uuid primary key,
    collection_id  uuid        not null references collections,
    owner_id       uuid        not null references users,
    name           text        not null,
    media_type     text        not null,
    active_version integer,
    created_at     timestamptz not null default now(),
    deleted_at     timestamptz
);
create index documents_collection on documents (collection_id, id) where deleted_at is null;

create table document_versions (
    document_id     uuid        not null references documents,
    version         integer     not null,
    sha256          bytea       not null,
    bytes           bigint      not null,
    original        text        not null,
    state           text        not null check (state in ('queued', 'parsing', 'embedding', 'ready', 'failed')),
    failure_code    text,
    failure_detail  text,
    progress_stage  text,
    progress_done   integer     not null default 0,
    progress_total  integer     not null default 0,
    pages           integer,
    chunk_count     integer,
    created_at      timestamptz not null default now(),
    ready_at        timestamptz,
    primary key (document_id, version),
    check ((state = 'failed') = (failure_code is not null))
);
create index document_versions_sha256 on document_versions (sha256);

-- The extracted text, into which every offset points, and where its blocks stand in the original.
create table document_texts (
    document_id uuid    not null,
    version     integer not null,
    text        text    not null,
    blocks      jsonb   not null,
    primary key (document_id, version),
    foreign key (document_id, version) references document_versions
);

create table chunks (
    id               uuid primary key,
    document_id      uuid    not null,
    version          integer not null,
    collection_id    uuid    not null,
    splitter_version integer not null,
    ordinal          integer not null,
    start_offset     integer not null,
    end_offset       integer not null,
    page             integer,
    locator          text,
    heading          text,
    context          text    not null default '',
    places           jsonb   not null default '[]',
    text             text    not null,
    foreign key (document_id, version) references document_versions,
    check (start_offset >= 0 and end_offset > start_offset)
);
create unique index chunks_document on chunks (document_id, version, ordinal);

-- Vectors are derived from chunks, but costly: keeping them makes each index a cache that can be filled again at once.
create table chunk_vectors (
    chunk_id    uuid  not null references chunks on delete cascade,
    fingerprint text  not null,
    vector      bytea not null,
    primary key (chunk_id, fingerprint)
);

create table ingestion_jobs (
    id          uuid primary key,
    document_id uuid        not null,
    version     integer     not null,
    user_id     uuid        not null,
    bytes       bigint      not null,
    -- How often it was tried in vain; a process that was killed does not count.
    failures    integer     not null default 0,
    run_after   timestamptz not null default now(),
    lease_until timestamptz,
    -- The fencing token: raised with each lease, checked by each write of the worker that holds it.
    fence       bigint      not null default 0,
    created_at  timestamptz not null default now(),
    foreign key (document_id, version) references document_versions,
    unique (document_id, version)
);
create index ingestion_jobs_due on ingestion_jobs (run_after, created_at);

-- What changes retrieval, in commit order: the number is taken last in its transaction, from one locked row.
create table log_head (
    only_row boolean primary key default true check (only_row),
    number   bigint not null
);
insert into log_head (number) values (0);

create table knowledge_log (
    number      bigint primary key,
    kind        text        not null check (kind in ('version_ready', 'version_gone', 'document_gone')),
    document_id uuid        not null,
    version     integer,
    user_id     uuid        not null,
    at          timestamptz not null default now()
);
create index knowledge_log_user on knowledge_log (user_id, number desc);

-- Conversations ----------------------------------------------------------------------------------

create table conversations (
    id           uuid primary key,
    user_id      uuid        not null references users on delete cascade,
    assistant_id text        not null default 'documents',
    session_id   text,
    title        text        not null,
    active_leaf  uuid,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    archived_at  timestamptz
);
create unique index conversations_session on conversations (user_id, assistant_id, session_id) where session_id is not null;
create index conversations_user on conversations (user_id, updated_at desc, id desc);

create table messages (
    id              uuid primary key,
    conversation_id uuid        not null references conversations on delete cascade,
    parent_id       uuid        references messages on delete cascade,
    generation      integer     not null default 0,
    role            text        not null check (role in ('user', 'assistant')),
    content         text        not null,
    status          text        not null check (status in ('running', 'complete', 'interrupted', 'failed')),
    citations       jsonb       not null default '[]',
    recommendations jsonb       not null default '[]',
    tool_calls      jsonb       not null default '[]',
    model           text,
    usage           jsonb,
    trace           jsonb,
    created_at      timestamptz not null default now()
);
create index messages_conversation on messages (conversation_id, id);
create index messages_parent on messages (parent_id);

create table message_feedback (
    message_id uuid        not null references messages on delete cascade,
    user_id    uuid        not null references users on delete cascade,
    rating     text        not null check (rating in ('up', 'down')),
    comment    text,
    created_at timestamptz not null default now(),
    primary key (message_id, user_id)
);
