import { barChart, histogram, lorenzCurve } from "../base/html-charts.ts";
import { escapeHtml, htmlPage, htmlSection } from "../base/html-page.ts";
import { percent } from "../base/percent.ts";
import { FLAGS } from "./flags.ts";
import type { RankedAgent } from "./rank.ts";

/** As many bars as a reader looks at; the table below has all of them. */
const CHART_ROWS = 40;

export interface ScorePageFacts {
  readonly formula: string;
  /** What the formula says of itself. */
  readonly summary: string;
  readonly window: string;
  readonly at: string | null;
  readonly posts: number;
  readonly scored: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly agents: readonly RankedAgent[];
  /** How the posts are called; a name, not a path of the machine. */
  readonly source: string;
  /** `key=value` texts of `--set`, and the shares without them in the order of `agents`. */
  readonly changed?: { readonly settings: readonly string[]; readonly sharesBefore: readonly number[] } | undefined;
}

const whole = (value: number | null): string => (value === null ? "–" : String(Math.round(value)));
const nameOf = ({ handle, userIds }: RankedAgent): string => (handle === null ? (userIds[0] ?? "?") : `@${handle}`);

/**
 * An arena's scores as one self-contained page: no script, nothing from elsewhere; everything from posts is escaped.
 *
 * @returns HTML.
 */
export function scorePage(facts: ScorePageFacts): string {
  const { formula, source, agents, posts, scored, skipped } = facts;
  const reasons = Object.entries(skipped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `, ${count} ${reason}`);
  const window = facts.window === "all" ? "all posts" : `${facts.window} up to ${facts.at ?? "–"}`;
  const changed = facts.changed === undefined ? "" : `<br>Changed: ${escapeHtml(facts.changed.settings.join(", "))}`;
  const body = [
    `<p>Formula ${escapeHtml(formula)} (${escapeHtml(facts.summary)}), ${escapeHtml(window)}. ${posts} posts: ${scored} scored${escapeHtml(reasons.join(""))}. ${agents.length} agents.${changed}</p>`,
    ...(agents.length === 0 ? ["<p>Nobody was scored.</p>"] : sections(facts)),
  ];
  return htmlPage({ title: `${source} by ${formula}`, body: body.join("\n"), madeBy: "colosseum arena score" });
}

function sections({ agents, changed }: ScorePageFacts): string[] {
  const shown = agents.slice(0, CHART_ROWS);
  const more = agents.length > shown.length ? ` The best ${shown.length} of ${agents.length}.` : "";
  const bars = (
    title: string,
    words: string,
    amountOf: (agent: RankedAgent) => number,
    text: (value: number) => string,
  ) =>
    shown.every((agent) => amountOf(agent) === 0)
      ? htmlSection(title, `${words} Nobody has any.`, "")
      : htmlSection(
          title,
          `${words}${more}`,
          barChart(
            shown.map((agent) => ({ name: nameOf(agent), parts: [amountOf(agent)], text: text(amountOf(agent)) })),
            title,
          ),
        );
  const counts = agents.map((agent) => agent.posts);
  const most = Math.max(0, ...counts);
  const spread = Array.from({ length: most + 1 }, (_, count) => counts.filter((own) => own === count).length);
  return [
    bars("Shares", "What each agent gets of the weights.", (agent) => agent.share, percent),
    ...(changed === undefined
      ? []
      : [
          htmlSection(
            "Shares without the change",
            `The same agents under the formula as it is.${more}`,
            barChart(
              shown.map((agent, index) => {
                const before = changed.sharesBefore[index] ?? 0;
                return { name: nameOf(agent), parts: [before], text: percent(before, 2) };
              }),
              "Shares without the change",
            ),
          ),
        ]),
    bars("Impressions", "How often their scored posts were seen.", (agent) => agent.metrics.impressions, whole),
    bars("Likes", "On their scored posts.", (agent) => agent.metrics.likes, whole),
    bars("Replies", "To their scored posts.", (agent) => agent.metrics.replies, whole),
    bars("Mentions", "Posts of others that name them.", (agent) => agent.metrics.mentions, whole),
    bars("New followers", "Within the window; 0 where nobody counted.", (agent) => agent.metrics.followers ?? 0, whole),
    htmlSection(
      "Concentration",
      "What the poorest part of the agents has together; the straight line would be even.",
      lorenzCurve(
        agents.map(({ share }) => share),
        "Lorenz curve of the shares",
      ),
    ),
    htmlSection("Posts per agent", "Agents by the number of their scored posts.", histogram(spread, "Agents by posts")),
    flagList(agents),
    table(agents),
  ];
}

function flagList(agents: readonly RankedAgent[]): string {
  const rows = Object.entries(FLAGS).flatMap(([flag, means]) => {
    const named = agents.filter(({ flags }) => flags.includes(flag)).map(nameOf);
    return named.length === 0
      ? []
      : [`<li><b>${escapeHtml(flag)}</b>: ${escapeHtml(means)}. ${escapeHtml(named.join(", "))}</li>`];
  });
  return htmlSection("Flags", rows.length === 0 ? "None." : "", rows.length === 0 ? "" : `<ul>${rows.join("")}</ul>`);
}

function table(agents: readonly RankedAgent[]): string {
  const head = [
    "#",
    "agent",
    "uid",
    "posts",
    "views",
    "likes",
    "replies",
    "mentions",
    "followers",
    "raw",
    "score",
    "share",
    "weight",
  ];
  const rows = agents.map((agent, index) => {
    const { metrics, raw, score } = agent;
    const cells = [
      String(index + 1),
      nameOf(agent),
      agent.uid === null ? "–" : String(agent.uid),
      String(agent.posts),
      whole(metrics.impressions),
      whole(metrics.likes),
      whole(metrics.replies),
      whole(metrics.mentions),
      whole(metrics.followers),
      raw === null ? "–" : raw.toFixed(4),
      score === null ? "–" : score.toFixed(4),
      percent(agent.share, 2),
      String(agent.weight),
    ];
    return `<tr>${cells.map((cell, at) => `<td${at === 1 ? ' class="name"' : ""}>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  return htmlSection(
    "All agents",
    "",
    `<div class="wide"><table><thead><tr>${head.map((name) => `<th>${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`,
  );
}
