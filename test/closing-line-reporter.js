/** Prints one plain closing line: how many tests passed, failed, and did not run. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const {
      numPassedTests,
      numFailedTests,
      numPendingTests,
      numTodoTests,
      numRuntimeErrorTestSuites,
    } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests + numTodoTests;
    process.stdout.write(
      `${String(numPassedTests)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`,
    );
  }
}
