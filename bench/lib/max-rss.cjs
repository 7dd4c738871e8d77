// Preloaded into a process whose memory is wanted: says at its end how much it needed at most, in MB.
process.on("exit", () => process.stderr.write(`maxRssMb=${process.resourceUsage().maxRSS / 1_024}\n`));
