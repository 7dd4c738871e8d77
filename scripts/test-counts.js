// Prints `tests: N passed, N failed, N skipped` from vitest's own report; exits 1 if there is none or something failed.
import { readFileSync } from "node:fs";

let report;
try {
  report = JSON.parse(readFileSync(process.argv[2], "utf8"));
} catch {
  console.log("tests: 0 passed, 1 failed, 0 skipped");
  process.exit(1);
}
const { numPassedTests: passed, numFailedTests, numPendingTests: pending, numTodoTests: todo } = report;
// A suite that fails to load has no test of its own to fail: count it, or a broken file would look green.
const emptySuites = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
const failed = numFailedTests + emptySuites.length;
console.log(`tests: ${passed} passed, ${failed} failed, ${pending + todo} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
