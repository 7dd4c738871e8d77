// The arrows of the architecture (docs/architecture.md), as rules that fail the build.
const PURE = ["mechanism", "arena", "ratings", "yuma", "pages", "protocol"];
const ADAPTERS = ["brains", "chain", "config", "feeds", "ops", "sandbox", "store", "wallet"];
const PROCESSES = ["miner", "validator", "social", "simulate", "localnet"];
const COMPOSERS = ["ui", "demo"];
const inside = (rooms) => `^src/(${rooms.join("|")})/`;

/** One room may import itself and the rooms to its right on the chart; its siblings are strangers. */
const arrow = (room, allowed) => ({
  name: `arrows-${room}`,
  severity: "error",
  from: { path: inside([room]) },
  to: { path: "^src/", pathNot: inside([room, ...allowed]) },
});
const layer = (rooms, allowed) => rooms.map((room) => arrow(room, allowed));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    arrow("base", []),
    ...layer(PURE, ["base"]),
    ...layer(ADAPTERS, [...PURE, "base"]),
    ...layer(PROCESSES, [...ADAPTERS, ...PURE, "base"]),
    ...layer(COMPOSERS, [...PROCESSES, ...ADAPTERS, ...PURE, "base"]),
    arrow("cli", [...COMPOSERS, ...PROCESSES, ...ADAPTERS, ...PURE, "base"]),
    arrow("library", [...PURE, "base"]),
    {
      name: "pure-rooms-do-no-io",
      severity: "error",
      from: { path: inside([...PURE, "base", "library"]) },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "ui-takes-types-only",
      severity: "error",
      from: { path: inside(["ui"]) },
      to: { path: inside([...PURE, ...ADAPTERS, ...PROCESSES]), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "polkadot-stays-in-three-rooms",
      severity: "error",
      from: { path: "^src/", pathNot: inside(["chain", "wallet", "localnet"]) },
      to: { path: "node_modules/@polkadot" },
    },
    {
      name: "ink-stays-in-ui",
      severity: "error",
      from: { path: "^src/", pathNot: inside(["ui"]) },
      to: { path: "node_modules/(ink|react)/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
