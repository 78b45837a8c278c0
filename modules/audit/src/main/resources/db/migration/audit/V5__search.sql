-- Entries are read newest first: Derby reads an index forwards alone, and where an index has all that a search asks for it sorts nothing.
create index audit_entry_newest on audit_entry (id desc, happened_at);
create index audit_entry_actor on audit_entry (actor, id desc, happened_at);
create index audit_entry_action on audit_entry (action, id desc, happened_at);
create index audit_entry_object on audit_entry (object_type, object_id, id desc, happened_at);
