-- Purposes of use that people may name by an application. Null: those that every person may name.
alter table app add column purposes text[];
