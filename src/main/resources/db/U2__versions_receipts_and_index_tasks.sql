drop table installation, answering_embedding, index_tasks, erasures;
drop index idempotency_keys_created;
alter table idempotency_keys drop column claimed_at, drop column claim;
alter table ingestion_jobs drop column failing_since, drop column defects, drop column crashes, drop column attempts;
drop trigger document_versions_touched on document_versions;
drop function touch_document_version();
drop index documents_deleted;
alter table document_versions drop column changed_at, drop column uploaded_by, drop column media_type, drop column name;
