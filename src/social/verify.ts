import type { Author } from "../arena/author.ts";
import { challengeIn, challengeMessage, type SignedChallenge } from "../arena/challenge.ts";
import type { Post } from "../arena/posts.ts";
import { secondsAt } from "../arena/window.ts";
import { decodeSs58 } from "../base/ss58.ts";
import { shortAddress } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import type { PostSource } from "../feeds/source.ts";
import { verifySignature } from "../protocol/signature.ts";
import type { Account, ArenaScope } from "../store/accounts.ts";
import type { ArenaStore } from "../store/arena-store.ts";

/** What is checked of a post by which an account is claimed, in this order. */
export const CHECKS = [
  "post",
  "text",
  "subnet",
  "hotkey",
  "author",
  "signature",
  "age",
  "registered",
  "account",
  "automation",
  "account-age",
] as const;
export type CheckId = (typeof CHECKS)[number];

export interface Check {
  readonly id: CheckId;
  readonly status: "ok" | "fail" | "skip";
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
}

export interface VerifyRules {
  /** How long after the hotkey signed the text may be posted. */
  readonly maxAgeSeconds: number;
  /** The account must say that it is automated. */
  readonly requireAutomation: boolean;
  /** How old the account must be; 0 asks for nothing. */
  readonly minAccountAgeSeconds: number;
  /** Only this hotkey will do. */
  readonly hotkey?: string | undefined;
}

export const DEFAULT_VERIFY_RULES: VerifyRules = {
  maxAgeSeconds: 86_400,
  requireAutomation: false,
  minAccountAgeSeconds: 0,
};

export interface VerifyWorld {
  readonly source: PostSource;
  readonly store: ArenaStore;
  readonly scope: ArenaScope;
  /** Hotkey → uid of everybody in the subnet. */
  readonly uids: ReadonlyMap<string, number>;
  readonly nowSeconds: number;
}

export interface Verification {
  readonly verified: boolean;
  readonly postId: string;
  readonly hotkey: string | null;
  readonly uid: number | null;
  readonly userId: string | null;
  /** As the account is called now. */
  readonly handle: string | null;
  /** When the hotkey signed; seconds since the Unix epoch. */
  readonly challengedAt: number | null;
  readonly checks: readonly Check[];
}

/** Clocks of a phone, a validator and X differ by less. */
const SKEW_SECONDS = 300;

/**
 * Fetches a post and checks everything that makes it a proof: that this X account belongs to this hotkey. Every check
 * that can still be made is made, so that one look shows all that is wrong.
 *
 * @throws FeedError where the source does not answer.
 */
export async function verifyPost(world: VerifyWorld, postId: string, rules: VerifyRules): Promise<Verification> {
  const found = await world.source.post(postId);
  const signed = found === undefined ? undefined : challengeIn(String(found.post.text ?? ""));
  const subject: Subject = { world, rules, post: found?.post, author: found?.author, signed };
  const checks = CHECKS.map((id): Check => ({ id, ...RULES[id](subject) }));
  const hotkey = signed?.challenge.hotkey ?? null;
  return {
    verified: checks.every(({ status }) => status !== "fail"),
    postId: found?.post.id ?? postId,
    hotkey,
    uid: hotkey === null ? null : (world.uids.get(hotkey) ?? null),
    userId: typeof found?.post.userId === "string" ? found.post.userId : null,
    handle: handleOf(subject) ?? null,
    challengedAt: signed?.challenge.at ?? null,
    checks,
  };
}

/** The account that a verification proved. @throws TypeError if it proved none. */
export function accountOf(verification: Verification, nowSeconds: number): Account {
  const { hotkey, uid, userId, handle, postId, challengedAt, verified } = verification;
  if (!verified || hotkey === null || userId === null || challengedAt === null) {
    throw new TypeError("nothing was verified");
  }
  return { hotkey, uid, userId, handle: handle ?? "", postId, challengedAt, verifiedAt: nowSeconds };
}

interface Subject {
  readonly world: VerifyWorld;
  readonly rules: VerifyRules;
  readonly post: Post | undefined;
  readonly author: Author | undefined;
  readonly signed: SignedChallenge | undefined;
}

type Outcome = Omit<Check, "id">;
const ok = (message: string): Outcome => ({ status: "ok", message, hint: null });
const fail = (message: string, hint: string): Outcome => ({ status: "fail", message, hint });
const skip = (message: string): Outcome => ({ status: "skip", message, hint: null });

const AGAIN = "Make a new text with: colosseum arena register --handle @NAME, and post it as it stands.";
const NOTHING_SIGNED = skip("There is no signed text to check.");
const handleOf = ({ author, post }: Subject): string | undefined => author?.username ?? post?.username;

const RULES: Readonly<Record<CheckId, (subject: Subject) => Outcome>> = {
  post: ({ post, world }) =>
    post === undefined
      ? fail(
          `${world.source.name} shows no such post.`,
          "Check the address; the post must be public and still there. A locked account cannot compete.",
        )
      : ok("The post is there."),
  text: ({ post, signed }) => {
    if (post === undefined) return skip("There is no post to read.");
    if (signed === undefined) return fail("The post does not hold the text of a registration.", AGAIN);
    return ok("It holds a registration.");
  },
  subnet: ({ signed, world }) => {
    if (signed === undefined) return NOTHING_SIGNED;
    const { netuid } = signed.challenge;
    return netuid === world.scope.netuid
      ? ok(`It is for subnet ${netuid}.`)
      : fail(
          `It is for subnet ${netuid}, not for ${world.scope.netuid}.`,
          `Choose that subnet with --netuid ${netuid}, or make a text for this one.`,
        );
  },
  hotkey: ({ signed, rules }) => {
    if (signed === undefined) return NOTHING_SIGNED;
    const { hotkey } = signed.challenge;
    return rules.hotkey === undefined || rules.hotkey === hotkey
      ? ok(`It names ${hotkey}.`)
      : fail(`It names ${hotkey}, not ${rules.hotkey}.`, "Post the text that was made with this hotkey.");
  },
  author: (subject) => {
    const { signed, post, world } = subject;
    if (signed === undefined) return NOTHING_SIGNED;
    const handle = handleOf(subject);
    const { handle: named } = signed.challenge;
    if (handle === undefined) return fail("The source does not tell who wrote the post.", "Use another --source.");
    if (handle.toLowerCase() === named) return ok(`@${handle} wrote it.`);
    if (typeof post?.userId === "string" && world.store.authors.wasCalled(post.userId, named)) {
      return ok(`@${handle} wrote it, who was called @${named} when the text was made.`);
    }
    return fail(
      `@${handle} wrote it, but the text was made for @${named}.`,
      `Post it from @${named}. If the account was renamed since: colosseum arena register --handle @${handle}`,
    );
  },
  signature: ({ signed }) => {
    if (signed === undefined) return NOTHING_SIGNED;
    const { challenge, signature } = signed;
    const message = new TextEncoder().encode(challengeMessage(challenge));
    const key = decodeSs58(challenge.hotkey) ?? new Uint8Array();
    const isSigned = (["sr25519", "ed25519"] as const).some((scheme) =>
      verifySignature(scheme, key, message, signature),
    );
    return isSigned
      ? ok("The hotkey signed it.")
      : fail("The signature is not the hotkey's over this text.", `A character may have been changed. ${AGAIN}`);
  },
  age: ({ signed, post, world, rules }) => {
    if (signed === undefined) return NOTHING_SIGNED;
    const { at, hotkey } = signed.challenge;
    const postedAt = secondsAt(post?.timestamp) ?? Number.NaN;
    if (Number.isNaN(postedAt)) return fail("The source does not tell when it was posted.", "Use another --source.");
    if (at > world.nowSeconds + SKEW_SECONDS) {
      return fail(
        "It was signed in the future.",
        "Set the clock of the machine that made the text, and make a new one.",
      );
    }
    if (postedAt < at - SKEW_SECONDS) return fail("It was posted before it was signed.", AGAIN);
    if (postedAt > at + rules.maxAgeSeconds) {
      const [took, most] = [postedAt - at, rules.maxAgeSeconds].map((seconds) => showDuration(seconds * 1_000));
      return fail(`It was posted ${took} after it was signed; at most ${most} may pass.`, AGAIN);
    }
    const known = world.store.accounts.ofHotkey(world.scope, hotkey);
    if (known !== undefined && known.challengedAt > at) {
      return fail("A newer registration of this hotkey is known.", AGAIN);
    }
    return ok("It was posted soon after it was signed.");
  },
  registered: ({ signed, world }) => {
    if (signed === undefined) return NOTHING_SIGNED;
    const uid = world.uids.get(signed.challenge.hotkey);
    return uid === undefined
      ? fail(
          `${shortAddress(signed.challenge.hotkey)} is not registered in subnet ${world.scope.netuid}.`,
          `Register it: colosseum register --netuid ${world.scope.netuid}`,
        )
      : ok(`The hotkey is uid ${uid} of subnet ${world.scope.netuid}.`);
  },
  account: ({ signed, post, world }) => {
    if (signed === undefined) return NOTHING_SIGNED;
    if (typeof post?.userId !== "string") {
      return fail("The source does not tell the account's id.", "Use another --source.");
    }
    const holder = world.store.accounts.ofUser(world.scope, post.userId);
    const isTaken = holder !== undefined && holder.hotkey !== signed.challenge.hotkey && world.uids.has(holder.hotkey);
    return isTaken
      ? fail(
          `The account belongs to ${shortAddress(holder.hotkey)} (uid ${world.uids.get(holder.hotkey)}).`,
          "An account competes for one hotkey; it is free once that hotkey has left the subnet. Use another account.",
        )
      : ok("The account is no other hotkey's.");
  },
  automation: ({ author, rules }) => {
    if (!rules.requireAutomation) return skip("Nobody asks whether the account says that it is automated.");
    return author?.automated === true
      ? ok("The account says that it is automated.")
      : fail(
          "The account does not say that it is automated.",
          'Switch on X\'s label (Settings, Your account, Automation) and say so in the profile, for example "automated".',
        );
  },
  "account-age": ({ author, world, rules }) => {
    if (rules.minAccountAgeSeconds === 0) return skip("Nobody asks how old the account is.");
    const least = showDuration(rules.minAccountAgeSeconds * 1_000);
    if (author?.createdAt === undefined)
      return fail("The source does not tell how old the account is.", "Use another --source.");
    const age = world.nowSeconds - author.createdAt;
    return age >= rules.minAccountAgeSeconds
      ? ok("The account is old enough.")
      : fail(
          `The account is ${showDuration(Math.max(0, age) * 1_000)} old; it must be ${least}.`,
          "Wait, or use an older account.",
        );
  },
};
