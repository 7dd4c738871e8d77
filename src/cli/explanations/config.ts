import type { Explanations } from "./explanation.ts";

export const configExplanations: Explanations = {
  "config.unknown-key": {
    means: "There is no setting of this name.",
    act: "Choose one that exists.",
    see: "colosseum config list",
  },
  "config.bad-value": {
    means: "The setting cannot have this value.",
    act: "Give one of the kind that the hint shows.",
  },
  "config.overruled": {
    means: "The setting was kept, but a flag, a variable or the project's file is stronger here.",
    act: "Unset the stronger one if the new value should count.",
    see: "colosseum config list --origin",
  },
  "config.invalid": {
    means: "The configuration file is no JSON object.",
    act: "Mend it by hand or move it away; a missing file is fine.",
    see: "colosseum config path",
  },
  "config.unreadable": {
    means: "The configuration file is there and cannot be read.",
    act: "Check its owner and rights, or move it away; a missing file is fine.",
    see: "colosseum config path",
  },
  "config.unwritable": {
    means: "The configuration file cannot be written.",
    act: "Check the folder's owner and rights and the space on the disk.",
    see: "colosseum config path",
  },
};
