-- A version is a file of its own, and may have another name and type than the one before it.
alter table document_versions
    add column name        text,
    add column media_type  text,
    add column uploaded_by uuid references users;
update document_versions v set name = d.name, media_type = d.media_type, uploaded_by = d.owner_id from documents d where d.id = v.document_id;
alter table document_versions
    alter column name set not null,
    alter column media_type set not null,
    alter column uploaded_by set not null;

-- Whoever watches documents asks what has changed since they last looked.
alter table document_versions add column changed_at timestamptz not null default now();
create index document_versions_changed on document_versions (changed_at);
create index documents_deleted on documents (deleted_at) where deleted_at is not null;
create function touch_document_version() returns trigger language plpgsql as $$
begin
    new.changed_at := clock_timestamp();
    return new;
end
$$;
create trigger document_versions_touched before update on document_versions for each row execute function touch_document_version();

-- The receipt of a deletion: what was still found in each store when it was last looked, until nothing was.
create table erasures (
    document_id  uuid primary key references documents,
    requested_by uuid        not null,
    requested_at timestamptz not null default now(),
    checked_at   timestamptz,
    erased_at    timestamptz,
    remains      jsonb       not null default '{}'
);
create index erasures_open on erasures (requested_at) where erased_at is null;

-- Work on the indexes, which only the process that holds them can do; a command beside it leaves a row and reads the report.
create table index_tasks (
    id           uuid primary key,
    kind         text        not null check (kind in ('verify', 'rebuild', 'switch')),
    requested_at timestamptz not null default now(),
    started_at   timestamptz,
    ended_at     timestamptz,
    done         integer     not null default 0,
    total        integer     not null default 0,
    report       jsonb,
    failure      text
);
create index index_tasks_waiting on index_tasks (requested_at) where ended_at is null;

-- The embedding model whose vectors answer questions; another one that is configured is only built beside it until it is complete.
create table answering_embedding (
    only_row         boolean primary key default true check (only_row),
    fingerprint      text        not null,
    provider         text        not null,
    model            text        not null,
    dimension        integer     not null,
    prefix           text        not null,
    splitter_version integer     not null,
    since            timestamptz not null default now()
);

-- Which database this is: an index or a folder of originals that carries another id is not this one's. Renewed by a restore.
create table installation (
    only_row boolean primary key default true check (only_row),
    id       uuid    not null default gen_random_uuid()
);
insert into installation default values;
-- A key is claimed while its first call is served; a claim that is no longer renewed belonged to a process that has died.
alter table idempotency_keys
    add column claim      uuid,
    add column claimed_at timestamptz not null default now();
create index idempotency_keys_claims on idempotency_keys (claim) where response is null;
create index idempotency_keys_created on idempotency_keys (created_at);
-- Why attempts ended in vain since the last checkpoint. An attempt counts from its lease on, so that one which ends with its process is not forgotten.
alter table ingestion_jobs
    add column attempts      integer not null default 0,
    add column crashes       integer not null default 0,
    add column defects       integer not null default 0,
    add column failing_since timestamptz;
