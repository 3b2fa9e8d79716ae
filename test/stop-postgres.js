export { stopSharedPostgres as default } from './servers/shared-postgres.ts';
