import { resolve } from "node:path";
import { Command } from "commander";
import { ExitCode, UsageError } from "../../../base/errors.ts";
import { escapeControl, shortAddress } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import type { TaskLog } from "../../../mechanism/task-log.ts";
import type { Audit, AuditedVoter } from "../../../simulate/audit.ts";
import type { Receipts } from "../../../simulate/audit-receipts.ts";
import type { LoadedLog } from "../../../simulate/audit-source.ts";
import type { Finding } from "../../../simulate/audit-types.ts";
import type { Context, OpenContext } from "../../context.ts";
import { type Column, drawTable } from "../../table.ts";

interface AuditFlags {
  readonly receipts?: string;
  readonly onChain?: true;
  readonly skipInvalid?: true;
}

/** `audit`: is a log what follows from its seeds and signatures, and do its votes look honest? */
export const auditCommand = (open: OpenContext): Command =>
  new Command("audit")
    .description("Recompute draws, signatures and scores of a log, and look for votes that are not honest")
    .argument("<tasks>", "a task log, a validator's URL, or - for standard input")
    .option("--receipts <dir>", "a miner's receipts: finds what the validator left out")
    .option("--on-chain", "hold seeds and beacons against the chain that the validator committed itself on (--network)")
    .option("--skip-invalid", "leave invalid tasks out")
    .addHelpText(
      "before",
      `Examples:
  colosseum audit tasks.json
  colosseum audit http://127.0.0.1:8091 --receipts ~/.local/state/colosseum/…/receipts
  colosseum audit tasks.jsonl --on-chain --network finney --json

Exit code 3 if something was found.
`,
    )
    .action(async (tasks: string, flags: AuditFlags, command: Command) => {
      await using ctx = await open(command);
      const loaded = await load(ctx, tasks, flags);
      const { log } = loaded;
      const { warnOfInvalid } = await import("../simulate/invalid-warning.ts");
      warnOfInvalid(ctx, loaded);
      const receipts = flags.receipts === undefined ? undefined : await receiptsOf(ctx, flags.receipts, log.validator);
      const chain = flags.onChain === true ? await chainFindings(ctx, log) : undefined;
      const { auditLog } = await import("../../../simulate/audit.ts");
      const audit = await auditLog(log, {
        ...(receipts === undefined ? {} : { receipts }),
        ...(chain === undefined ? {} : { chain }),
        signal: ctx.signal,
        onStage: (stage) => ctx.out.status(`Checking ${stage}…`),
      });
      if (audit.findings.length > 0) ctx.exitWith(ExitCode.findings);
      ctx.out.result(audit, () => drawAudit(audit, ctx.out.columns));
    });

async function load(ctx: Context, tasks: string, flags: AuditFlags): Promise<LoadedLog> {
  const { fetchLog, isUrl, loadLog } = await import("../../../simulate/audit-source.ts");
  const options = { skipInvalid: flags.skipInvalid === true, signal: ctx.signal };
  if (tasks === "-") return loadLog({ stdin: ctx.io.stdin }, options);
  if (!isUrl(tasks)) return loadLog({ file: resolve(ctx.io.cwd, tasks) }, options);
  // Hundreds of intervals are no news one by one.
  let saidMs = Number.NEGATIVE_INFINITY;
  const onStage = (stage: string): void => {
    if (ctx.clock.nowMs() - saidMs < SAY_EVERY_MS) return;
    saidMs = ctx.clock.nowMs();
    ctx.out.status(`Fetching ${stage}…`);
  };
  return fetchLog(tasks, { ...options, clock: ctx.clock, onStage });
}

const SAY_EVERY_MS = 2_000;

async function receiptsOf(ctx: Context, dir: string, validator: string | undefined): Promise<Receipts> {
  if (validator === undefined) {
    throw new UsageError("The log does not say which validator wrote it, so receipts cannot be held against it.", {
      code: "usage.no-validator",
      hint: "Audit a log as exported by: colosseum validator export",
    });
  }
  const { readReceipts } = await import("../../../simulate/audit-receipts.ts");
  const receipts = await readReceipts(resolve(ctx.io.cwd, dir), validator);
  if (receipts.invalid > 0) {
    ctx.out.warn({
      code: "invalid-receipts",
      message: `${receipts.invalid} lines are no receipt that the validator signed.`,
    });
  }
  ctx.out.status(`${receipts.answers.length} receipts of this validator, ${receipts.foreign} of others.`);
  if (receipts.answers.length === 0) {
    ctx.out.warn({
      code: "no-receipts",
      message: `No receipt of this validator is in ${dir}, so what it left out cannot be found. Where a miner keeps them: colosseum miner status`,
    });
  }
  return receipts;
}

async function chainFindings(ctx: Context, log: TaskLog): Promise<readonly Finding[]> {
  const { committedChain } = await import("./committed-chain.ts");
  const { checkChain } = await import("../../../simulate/audit-chain.ts");
  ctx.out.status("Checking seeds and beacons against the chain…");
  const { findings, forgotten } = await checkChain(log, await committedChain(ctx, log));
  if (forgotten > 0) {
    ctx.out.warn({
      code: "forgotten-blocks",
      message:
        "The chain no longer knows what was committed when the first draw was made; an archive node (--network) does.",
    });
  }
  return findings;
}

const nameOf = (hotkey: string): string => escapeControl(hotkey.length === 48 ? shortAddress(hotkey) : hotkey);

const VERDICTS = {
  ok: "recomputed, the same",
  differs: "DIFFERS",
  skipped: "nothing in the log to check it by",
} as const;

const COLUMNS: readonly Column[] = [
  { title: "VOTER" },
  { title: "VOTES", align: "right" },
  { title: "TRAPS", align: "right" },
  { title: "95 %", align: "right", priority: 2 },
  { title: "RIGHT", align: "right", priority: 3 },
  { title: "FIRST", align: "right", priority: 4 },
  { title: "MEDIAN TIME", align: "right", priority: 5 },
  { title: "AGREES MOST WITH", priority: 6 },
];

const percent = (share: number | null): string => (share === null ? "" : `${(100 * share).toFixed(0)} %`);

function voterRow({ hotkey, votes, traps, accuracy, position, time, agreement }: AuditedVoter): string[] {
  const [closest] = agreement;
  return [
    nameOf(hotkey),
    String(votes),
    traps.faced === 0 ? "" : `${traps.avoided}/${traps.faced}`,
    traps.low === null || traps.high === null ? "" : `${(100 * traps.low).toFixed(0)}–${percent(traps.high)}`,
    percent(accuracy),
    percent(position.share),
    showDuration(time.medianMs),
    closest === undefined || closest.z < 2 ? "" : `${nameOf(closest.with)} (${closest.agree}/${closest.tasks})`,
  ];
}

function drawAudit(audit: Audit, width: number): string {
  const { verified, firstDifference, voters, groups, groupTest, findings } = audit;
  const lines = (["draws", "votes", "scores"] as const).map(
    (check) => `${check.padEnd(8)}${VERDICTS[verified[check]]}`,
  );
  if (firstDifference !== null) {
    const { check, interval, task, field, expected, found } = firstDifference;
    const place = [interval === null ? "" : `interval ${interval}`, task === null ? "" : `task ${task}`, field];
    const where = place.filter((part) => part !== "").join(", ");
    lines.push(escapeControl(`First difference (${check}): ${where}: expected ${expected}, found ${found}.`));
  }
  if (voters.length > 0) lines.push("", drawTable(COLUMNS, voters.map(voterRow), width));
  lines.push("");
  const rate = 100 * groupTest.falseAlarmRate;
  if (groups.length === 0) {
    lines.push(
      `No group votes for each other beyond chance (${groupTest.duels} duels; at most ${rate} % false alarms).`,
    );
  }
  for (const { members, excess, votes, p } of groups) {
    lines.push(`Vote for each other beyond chance: ${members.map(nameOf).join(", ")}`);
    lines.push(`  ${excess.toFixed(1)} of ${votes} votes more than honest judges would; p ≤ ${p.toFixed(3)}`);
  }
  lines.push("", findings.length === 0 ? "Nothing found." : `${findings.length} findings:`);
  for (const { code, subject } of findings) {
    lines.push(`  ${code}  ${(typeof subject === "string" ? [subject] : subject).map(nameOf).join(", ")}`);
  }
  return lines.join("\n");
}
