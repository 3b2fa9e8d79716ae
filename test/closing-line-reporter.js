/** Ends a run with what did not run and why, and one plain line: how many tests passed, failed, and did not run. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const skipped = new Map();
    for (const { testFilePath, testResults } of results.testResults) {
      for (const { status, ancestorTitles } of testResults) {
        if (status !== 'pending') continue;
        const title = ancestorTitles[0] ?? testFilePath;
        skipped.set(title, (skipped.get(title) ?? 0) + 1);
      }
    }
    for (const [title, count] of skipped) {
      process.stdout.write(`${String(count)} tests did not run: ${title}\n`);
    }
    if (skipped.size > 0) {
      process.stdout.write(
        'To run them: apt-get install postgresql redis-server slapd ldap-utils openssl chromium\n',
      );
    }
    const {
      numPassedTests,
      numFailedTests,
      numPendingTests,
      numTodoTests,
      numRuntimeErrorTestSuites,
    } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const notRun = numPendingTests + numTodoTests;
    process.stdout.write(
      `${String(numPassedTests)} passed, ${String(failed)} failed, ${String(notRun)} skipped\n`,
    );
  }
}
