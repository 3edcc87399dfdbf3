alter table ingestion_jobs drop column failing_since, drop column defects, drop column crashes, drop column attempts;
drop table answering_embedding, index_tasks, erasures;
drop trigger document_versions_touched on document_versions;
drop function touch_document_version();
drop index documents_deleted;
alter table document_versions drop column changed_at, drop column uploaded_by, drop column media_type, drop column name;
