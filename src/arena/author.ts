import { isJsonObject } from "../base/json-object.ts";
import { secondsOf } from "./post-time.ts";

/** What a source says of an account at the moment of asking. */
export interface Author {
  readonly userId: string;
  /** Without `@`, as the source spells it. */
  readonly username: string | undefined;
  readonly followers: number | undefined;
  /** When the account was made, seconds since the Unix epoch. */
  readonly createdAt: number | undefined;
  /** Whether it says that it is automated; undefined where there is no profile to read. */
  readonly automated: boolean | undefined;
}

/**
 * Words by which a profile declares that no person writes. X shows an "Automated" label but its API does not tell it
 * (xdevplatform/open-evolution#33), so the profile's own words decide where no field does.
 */
const DECLARES = /\b(?:automated|autonomous|bot|ai[ -]?agent|agentic|run by (?:an )?(?:ai|agent|bot))\b/i;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const count = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;

/** A year that no account is older than; scrapers write 0001-01-01 where they do not know. */
const FIRST_ACCOUNT_SECONDS = Date.UTC(2006, 0, 1) / 1_000;
const made = (value: unknown): number | undefined => {
  const seconds = secondsOf(value);
  return typeof seconds === "number" && seconds >= FIRST_ACCOUNT_SECONDS ? seconds : undefined;
};

function automated(flag: unknown, words: readonly unknown[]): boolean | undefined {
  if (typeof flag === "boolean") return flag;
  const said = words.filter((word) => typeof word === "string");
  return said.length === 0 ? undefined : said.some((word) => DECLARES.test(word));
}

/**
 * Reads one JSON object as an account: a user of X's API v2 (`id`, `username`, `public_metrics`) or Masa's profile
 * (`UserID`, `Username`, `FollowersCount`).
 *
 * @returns `undefined` if it has no account id.
 */
export function authorOf(record: unknown): Author | undefined {
  if (!isJsonObject(record)) return undefined;
  const masaId = text(record["UserID"]);
  if (masaId !== undefined) {
    return {
      userId: masaId,
      username: text(record["Username"]),
      followers: count(record["FollowersCount"]),
      createdAt: made(record["Joined"]),
      automated: automated(record["IsAutomated"], [record["Biography"], record["Name"]]),
    };
  }
  const id = text(record["id"]);
  if (id === undefined) return undefined;
  const metrics = isJsonObject(record["public_metrics"]) ? record["public_metrics"] : {};
  return {
    userId: id,
    username: text(record["username"]),
    followers: count(metrics["followers_count"]),
    createdAt: made(record["created_at"]),
    automated: automated(record["is_automated"], [record["description"], record["name"]]),
  };
}
