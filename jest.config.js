// A browser's way through all pages takes a quarter of an hour: `npm run test:pages` goes it. The shortest journey is always gone.
const LONG_PAGES = 'journeys/pages/(?!frame\\.test)';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(process.env.LANYARD_PAGES === 'whole' ? [] : [LONG_PAGES]),
  ],
  // Half of the time that loading @apollo/gateway takes goes into what it would report its own use with, which is off.
  moduleNameMapper: {
    '^(make-fetch-happen|@opentelemetry/(exporter-metrics-otlp-http|resource-detector-.*|semantic-conventions/incubating))$':
      '<rootDir>/test/not-loaded.cjs',
  },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
  setupFiles: ['<rootDir>/test/patience.js', '<rootDir>/test/plugin-names.js'],
  globalSetup: '<rootDir>/test/start-postgres.js',
  globalTeardown: '<rootDir>/test/stop-postgres.js',
  // Ends a test that hangs. No test is judged by how fast the machine is.
  testTimeout: 480_000,
  // Many suites wait for servers and processes of their own: a second worker uses the time.
  maxWorkers: 2,
  // Suites leave memory behind: a process of a few gigabytes spends its time collecting.
  workerIdleMemoryLimit: '2GB',
  reporters: ['default', '<rootDir>/test/closing-line-reporter.js'],
};
