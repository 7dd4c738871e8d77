import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { passwordFor, passwordVariable } from "../../../src/wallet/password.ts";
import { temporaryHome } from "./temporary-wallets.ts";
import { vectors } from "./wallet-vectors.ts";

const KEY = "/w/.bittensor/coldkey";
const masked = (password: string, variable: string): string =>
  Buffer.from(Buffer.from(password).map((byte, i) => byte ^ variable.charCodeAt(i % variable.length))).toString(
    "base64",
  );

describe("a password without a question", () => {
  it.each(vectors.wallets)("is found under bittensor-wallet's own name for $name", ({ coldkey_env_var, name }) => {
    // Where the vectors were made: the name of the variable is made of the path.
    const dir = "/tmp/research/vectors/wallet/wallets-bw4.1.1";
    expect(passwordVariable(`${dir}/${name}/coldkey`)).toBe(coldkey_env_var);
  });

  it("comes from flag, variable, the file's own variable, file variable, in this order", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "flag"), "from flag\n");
    writeFileSync(join(home.home, "env"), "from env file\r\nsecond line\n");
    const own = passwordVariable(KEY);
    const env: Record<string, string> = {
      BT_WALLET_PASSWORD: "from variable",
      [own]: masked("from öwn", own),
      BT_WALLET_PASSWORD_FILE: "env",
    };
    const find = (passwordFile?: string) => passwordFor(KEY, { env, cwd: home.home, passwordFile });
    expect((await find("flag"))?.password).toBe("from flag");
    expect((await find())?.password).toBe("from variable");
    env["BT_WALLET_PASSWORD"] = "";
    expect(await find()).toEqual({ password: "from öwn", source: own });
    delete env[own];
    expect((await find())?.password).toBe("from env file");
    delete env["BT_WALLET_PASSWORD_FILE"];
    expect(await find()).toBeUndefined();
  });

  it("keeps spaces and takes only the line end off", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "p"), "\ufeff  two words \n");
    expect((await passwordFor(KEY, { env: {}, cwd: home.home, passwordFile: "p" }))?.password).toBe("  two words ");
  });

  it.each([
    ["a missing file", "nowhere"],
    ["an empty file", "empty"],
    ["a folder", "."],
  ])("%s is an error, not an empty password", async (_, passwordFile) => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "empty"), "\n");
    await expect(passwordFor(KEY, { env: {}, cwd: home.home, passwordFile })).rejects.toMatchObject({
      code: "wallet.password-file",
      exitCode: 14,
    });
  });

  it.each(["%%%", Buffer.from([0xff, 0xfe, 0x00]).toString("base64")])(
    "%j in btcli's variable is no password",
    async (value) => {
      const env = { [passwordVariable(KEY)]: value };
      await expect(passwordFor(KEY, { env, cwd: "/", passwordFile: undefined })).rejects.toMatchObject({
        code: "wallet.bad-password-variable",
      });
    },
  );
});
