export { startSharedPostgres as default } from './servers/shared-postgres.ts';
