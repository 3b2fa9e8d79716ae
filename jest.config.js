/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
  testTimeout: 60_000,
  // Suites leave memory behind: a process of a few gigabytes spends its time collecting.
  workerIdleMemoryLimit: '2GB',
  reporters: ['default', '<rootDir>/test/closing-line-reporter.js'],
};
